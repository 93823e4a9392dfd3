package dev.gatehouse.routing;

import dev.gatehouse.model.HostText;
import java.util.Locale;
import java.util.Optional;

/** The host of a request as listeners compare it (REQ-10): no port, lower case, no trailing dot. Stateless. */
public final class RequestHost {
    private static final int MAX_PORT = 65_535;

    private RequestHost() {}

    /**
     * Reads a Host header.
     *
     * @param header the header's value
     * @return the host to match; empty if the value is empty or malformed (REQ-3), for example with two colons
     */
    public static Optional<String> of(String header) {
        int end = header.startsWith("[") ? header.indexOf(']') + 1 : endOfName(header);
        if (end <= 0 || !isPort(header, end) || !isHost(header, end)) {
            return Optional.empty();
        }
        int length = header.charAt(end - 1) == '.' ? end - 1 : end;
        return length == 0 ? Optional.empty() : Optional.of(lowerCase(header, length));
    }

    private static int endOfName(String header) {
        int colon = header.indexOf(':');
        return colon < 0 ? header.length() : colon;
    }

    private static boolean isPort(String header, int colon) {
        if (colon == header.length()) {
            return true;
        }
        if (header.charAt(colon) != ':' || header.length() - colon > 6) {
            return false;
        }
        for (int i = colon + 1; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return colon + 1 == header.length() || Integer.parseInt(header, colon + 1, header.length(), 10) <= MAX_PORT;
    }

    // Names made of letters, digits, '-', '.', '_' and '~': everything else would reach logs, redirects and backends.
    private static boolean isHost(String header, int end) {
        if (header.charAt(0) == '[') {
            return HostText.isIpLiteral(header.substring(1, end - 1)) && isAddressText(header, end);
        }
        for (int i = 0; i < end; i++) {
            char c = header.charAt(i);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 128;
            if (!letter && (c < '0' || c > '9') && "-._~".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAddressText(String header, int end) {
        for (int i = 1; i < end - 1; i++) {
            char c = header.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static String lowerCase(String header, int length) {
        for (int i = 0; i < length; i++) {
            char c = header.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return header.substring(0, length).toLowerCase(Locale.ROOT);
            }
        }
        return length == header.length() ? header : header.substring(0, length);
    }
}
