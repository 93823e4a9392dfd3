package dev.gatehouse.websocket;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The client's handshake as the container's upgrade sees it. Tomcat makes a {@link java.net.URI} of the target and
 * refuses characters that no URI may hold, such as the bar and braces; the backend got the target as it
 * was. Confined to one exchange.
 */
final class UpgradeRequest extends HttpServletRequestWrapper {
    private static final String NOT_OF_A_URI = "\"<>[\\]^`{|}";

    UpgradeRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public String getRequestURI() {
        return encoded(super.getRequestURI());
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(encoded(super.getRequestURL().toString()));
    }

    @Override
    public @Nullable String getQueryString() {
        @Nullable String query = super.getQueryString();
        return query == null ? null : encoded(query);
    }

    private static String encoded(String text) {
        StringBuilder all = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean malformed = c == '%' && !isHex(text, i + 1);
            if (malformed || c <= ' ' || c > '~' || NOT_OF_A_URI.indexOf(c) >= 0) {
                all.append('%').append(hexDigit(c >> 4)).append(hexDigit(c));
            } else {
                all.append(c);
            }
        }
        return all.toString();
    }

    private static boolean isHex(String text, int start) {
        return start + 1 < text.length()
                && Character.digit(text.charAt(start), 16) >= 0
                && Character.digit(text.charAt(start + 1), 16) >= 0;
    }

    private static char hexDigit(int value) {
        return Character.toUpperCase(Character.forDigit(value & 0xf, 16));
    }
}
