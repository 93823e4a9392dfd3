package dev.gatehouse.exchange;

import dev.gatehouse.model.ClientLimits;
import java.util.Enumeration;

/**
 * Size of the header fields of a request whose bytes nobody shows: HTTP/2, and containers without {@link RequestHead}
 * (REQ-3). Stateless.
 */
public final class FieldSizes {
    // REQ-3: HTTP/2 has limits of its own, below those of HTTP/1.
    private static final int HTTP2_FIELD_BYTES = 8 * 1024;
    private static final int HTTP2_BLOCK_BYTES = 16 * 1024;
    private static final int SEPARATORS = 4; // colon, space, CR, LF

    private FieldSizes() {}

    /**
     * Whether the fields of a request are too large.
     *
     * @param request a client's request
     * @param limits how large they may be
     * @return true if together or, in HTTP/2, alone they are
     */
    public static boolean exceed(RequestView request, ClientLimits limits) {
        boolean isHttp2 = request.protocol().equals("HTTP/2.0");
        int fieldLimit = isHttp2 ? Math.min(HTTP2_FIELD_BYTES, limits.headerBytes()) : limits.headerBytes();
        int left = isHttp2 ? Math.min(HTTP2_BLOCK_BYTES, limits.headerBytes()) : limits.headerBytes();
        for (Enumeration<String> names = request.headerNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            for (Enumeration<String> values = request.headers(name); values.hasMoreElements(); ) {
                int size = name.length() + values.nextElement().length() + SEPARATORS;
                left -= size;
                if (left < 0 || size > fieldLimit) {
                    return true;
                }
            }
        }
        return false;
    }
}
