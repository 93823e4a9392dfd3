package dev.gatehouse.routing;

import dev.gatehouse.model.HostText;

/**
 * Host names with {@code *} (any run of characters, dots included) and {@code ?} (exactly one), CFG-20. Stateless; time
 * is bounded by pattern length times host length.
 */
final class HostPattern {
    private HostPattern() {}

    static boolean isWildcard(String name) {
        return HostText.hasWildcard(name);
    }

    static int wildcards(String name) {
        return (int) name.chars().filter(c -> c == '*' || c == '?').count();
    }

    /** Whether a lower-case host fits a lower-case pattern. */
    static boolean fits(String pattern, String host) {
        int p = 0;
        int h = 0;
        int star = -1;
        int resume = 0;
        while (h < host.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = h;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == host.charAt(h))) {
                p++;
                h++;
            } else if (star >= 0) {
                p = star + 1;
                h = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
