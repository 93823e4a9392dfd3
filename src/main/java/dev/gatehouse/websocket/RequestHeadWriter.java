package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.exchange.HeaderSink;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/**
 * Writes the handshake that a backend gets (RFC 6455 §4.1, WS-13): the fields handed in, then our own upgrade fields.
 * The client's {@code Sec-WebSocket-*} fields are left out, for they belong to its own hop. Confined to one dial.
 */
final class RequestHeadWriter implements HeaderSink {
    private static final String OWN_PREFIX = "sec-websocket-";

    private final StringBuilder text = new StringBuilder(1024);

    /** Begins with the request line. */
    RequestHeadWriter(String target) {
        text.append("GET ").append(target).append(" HTTP/1.1\r\n");
    }

    @Override
    public void add(String name, String value) {
        if (!name.regionMatches(true, 0, OWN_PREFIX, 0, OWN_PREFIX.length())) {
            line(name, value);
        }
    }

    /**
     * Ends the head.
     *
     * @param key a fresh key
     * @param subprotocols what the client offered, in its order (WS-40)
     */
    ByteBuffer finish(String key, List<String> subprotocols) {
        line("Upgrade", "websocket");
        line("Connection", "Upgrade");
        line("Sec-WebSocket-Version", "13");
        line("Sec-WebSocket-Key", key);
        if (!subprotocols.isEmpty()) {
            line("Sec-WebSocket-Protocol", String.join(", ", subprotocols));
        }
        return ByteBuffer.wrap(text.append("\r\n").toString().getBytes(ISO_8859_1));
    }

    private void line(String name, String value) {
        text.append(name).append(": ").append(checked(value)).append("\r\n");
    }

    // A rewrite or a lenient container must not be able to smuggle a second field in.
    private static String checked(String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "header value of %d characters: holds a line end", value.length()));
        }
        return value;
    }
}
