package dev.gatehouse.routing;

import java.util.Optional;

/**
 * The path of a request as path rules see it and as the backend gets it (REQ-22). Both stem from one reading, so that
 * no path can be matched as one thing and forwarded as another. Immutable.
 *
 * @param matched percent-coded unreserved characters decoded, dot segments removed; {@code %2F}, {@code %5C} and double
 *     slashes left alone
 * @param forwarded the path as received, byte for byte, but for dot segments: those are left out, unless the local file
 *     wants them kept
 */
public record RequestPath(String matched, String forwarded) {
    /**
     * Reads the path of a request line.
     *
     * @param raw the path as received, still encoded, without query
     * @return both texts; empty if the path does not begin with a slash, climbs above the root or holds {@code %00}
     */
    public static Optional<RequestPath> of(String raw) {
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            return Optional.empty();
        }
        if (raw.indexOf('%') < 0 && raw.indexOf("/.") < 0) {
            return Optional.of(new RequestPath(raw, raw));
        }
        if (raw.contains("%00")) {
            return Optional.empty();
        }
        String decoded = decodeUnreserved(raw);
        if (decoded.indexOf("/.") < 0) {
            return Optional.of(new RequestPath(decoded, raw));
        }
        return withoutDotSegments(raw).map(clean -> new RequestPath(decodeUnreserved(clean), clean));
    }

    /**
     * The same path, forwarded with its dot segments ({@code forwarding.forwardNormalizedPath} of the local file).
     *
     * @param raw the path as received
     * @return matched as this one
     */
    public RequestPath forwardedAs(String raw) {
        return raw.equals(forwarded) ? this : new RequestPath(matched, raw);
    }

    private static String decodeUnreserved(String raw) {
        int percent = raw.indexOf('%');
        if (percent < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length()).append(raw, 0, percent);
        for (int i = percent; i < raw.length(); i++) {
            char c = raw.charAt(i);
            int value = c == '%' && i + 2 < raw.length() ? hex(raw.charAt(i + 1), raw.charAt(i + 2)) : -1;
            if (value >= 0 && isUnreserved((char) value)) {
                text.append((char) value);
                i += 2;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static int hex(char high, char low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h << 4 | l;
    }

    // RFC 3986 §2.3
    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }

    // RFC 3986 §5.2.4, but climbing above the root is refused instead of cut off, and no other byte changes.
    private static Optional<String> withoutDotSegments(String path) {
        StringBuilder clean = new StringBuilder(path.length());
        int start = 1;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            boolean last = slash < 0;
            int dots = dotsOf(path, start, end);
            if (dots == 2) {
                int parent = clean.lastIndexOf("/");
                if (parent < 0) {
                    return Optional.empty();
                }
                clean.setLength(parent);
                clean.append(last ? "/" : "");
            } else if (dots == 1) {
                clean.append(last ? "/" : "");
            } else {
                clean.append('/').append(path, start, end);
            }
            start = end + 1;
        }
        return Optional.of(clean.toString());
    }

    /** How many dots a segment is made of, encoded ones included; -1 if it holds anything else. */
    private static int dotsOf(String path, int start, int end) {
        int dots = 0;
        for (int i = start; i < end; dots++) {
            if (path.charAt(i) == '.') {
                i++;
            } else if (path.regionMatches(true, i, "%2e", 0, 3)) {
                i += 3;
            } else {
                return -1;
            }
        }
        return dots;
    }
}
