package dev.gatehouse.rewrite;

import java.nio.charset.StandardCharsets;

/**
 * Text as it may stand on the wire: one character for each byte, and nothing that ends a line or a request target too
 * early. What comes out of a rewrite passes here, wherever its parts came from. Stateless.
 */
final class WireText {
    private static final String HEX = "0123456789ABCDEF";

    private WireText() {}

    /** One character for each byte of UTF-8; text that comes from the wire is so already. */
    static String of(String text) {
        return isAscii(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 126) {
                return false;
            }
        }
        return true;
    }

    /** The value of a field: control characters become blanks (RFC 9110 §5.5), blanks around it go. */
    static String field(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isControl = (c < ' ' && c != '\t') || c == 127;
            clean.append(isControl ? ' ' : c > 255 ? '?' : c);
        }
        return clean.toString().strip();
    }

    /** A path: begins with a slash; what a path cannot hold is percent-encoded, so that it never makes a query. */
    static String path(String text) {
        StringBuilder path = new StringBuilder(text.length() + 1);
        if (!text.startsWith("/")) {
            path.append('/'); // REQ-31
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isBrokenEscape = c == '%' && !isEscape(text, i);
            if (isNotOfTarget(c) || c == '?' || isBrokenEscape) {
                encode(c, path);
            } else {
                path.append(c);
            }
        }
        return path.toString();
    }

    /** A query: what would end the request line or the query is percent-encoded. */
    static String query(String text) {
        StringBuilder query = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isNotOfTarget(c)) {
                encode(c, query);
            } else {
                query.append(c);
            }
        }
        return query.toString();
    }

    /** Text in which nothing but unreserved characters stays as it is (RFC 3986 §2.3). */
    static String escaped(String text) {
        StringBuilder all = new StringBuilder(text.length() * 2);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (isLetter || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
                all.append(c);
            } else {
                encode(c, all);
            }
        }
        return all.toString();
    }

    private static boolean isNotOfTarget(char c) {
        return c <= ' ' || c >= 127 || c == '#';
    }

    private static boolean isEscape(String text, int percent) {
        return percent + 2 < text.length()
                && Character.digit(text.charAt(percent + 1), 16) >= 0
                && Character.digit(text.charAt(percent + 2), 16) >= 0;
    }

    private static void encode(char c, StringBuilder out) {
        if (c > 255) {
            byte[] bytes = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
            for (byte each : bytes) {
                encode((char) (each & 0xff), out);
            }
            return;
        }
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    }
}
