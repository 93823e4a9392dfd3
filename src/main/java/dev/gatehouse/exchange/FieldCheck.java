package dev.gatehouse.exchange;

import dev.gatehouse.model.ClientLimits;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Size and characters of the header fields of a request whose bytes nobody shows: HTTP/2, where a value may hold the
 * line end that HTTP/1 would end it at (RFC 9113 §8.2.1), and containers without {@link RequestHead} (REQ-3). Stateless.
 */
public final class FieldCheck {
    // REQ-3: HTTP/2 has limits of its own, below those of HTTP/1.
    private static final int HTTP2_FIELD_BYTES = 8 * 1024;
    private static final int HTTP2_BLOCK_BYTES = 16 * 1024;
    private static final int SEPARATORS = 4; // colon, space, CR, LF

    private FieldCheck() {}

    /**
     * What is wrong with the fields of a request.
     *
     * @param request a client's request
     * @param limits how large they may be
     * @return null if nothing is: asked for every such request
     */
    public static @Nullable ExchangeFailure fault(RequestView request, ClientLimits limits) {
        boolean isHttp2 = request.protocol().equals("HTTP/2.0");
        int fieldLimit = isHttp2 ? Math.min(HTTP2_FIELD_BYTES, limits.headerBytes()) : limits.headerBytes();
        int left = isHttp2 ? Math.min(HTTP2_BLOCK_BYTES, limits.headerBytes()) : limits.headerBytes();
        for (Enumeration<String> names = request.headerNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            if (!isToken(name)) {
                return ExchangeFailure.REQUEST_MALFORMED;
            }
            for (Enumeration<String> values = request.headers(name); values.hasMoreElements(); ) {
                String value = values.nextElement();
                int size = name.length() + value.length() + SEPARATORS;
                left -= size;
                if (left < 0 || size > fieldLimit) {
                    return ExchangeFailure.HEADERS_TOO_LARGE;
                }
                if (hasControl(value)) {
                    return ExchangeFailure.REQUEST_MALFORMED;
                }
            }
        }
        return null;
    }

    /** RFC 9110 §5.6.2. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127 || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** RFC 9110 §5.5: none but the tab. */
    static boolean hasControl(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 127) {
                return true;
            }
        }
        return false;
    }
}
