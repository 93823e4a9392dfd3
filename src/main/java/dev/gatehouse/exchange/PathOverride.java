package dev.gatehouse.exchange;

import org.jspecify.annotations.Nullable;

/** The backend path that settings put in place of the matched part (REQ-33). Stateless. */
final class PathOverride {
    private PathOverride() {}

    static String apply(@Nullable String override, String path, @Nullable String pattern) {
        if (override == null || override.isEmpty()) {
            return path;
        }
        String rest = withoutMatched(path, pattern);
        if (rest.isEmpty()) {
            return override;
        }
        boolean slashBefore = override.endsWith("/");
        boolean slashAfter = rest.startsWith("/");
        if (slashBefore && slashAfter) {
            return override + rest.substring(1);
        }
        return slashBefore || slashAfter ? override + rest : override + '/' + rest;
    }

    private static String withoutMatched(String path, @Nullable String pattern) {
        if (pattern == null) {
            return path;
        }
        int length = pattern.endsWith("*") ? pattern.length() - 1 : pattern.length();
        return path.regionMatches(true, 0, pattern, 0, length) ? path.substring(length) : path;
    }
}
