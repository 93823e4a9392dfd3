package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.exchange.HeaderSink;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Writes the handshake that a backend gets as bytes (RFC 6455 §4.1). Confined to one dial. */
final class RequestHeadWriter implements HeaderSink {
    private final StringBuilder text = new StringBuilder(1024);

    /** Begins with the request line. */
    RequestHeadWriter(String target) {
        text.append("GET ").append(target).append(" HTTP/1.1\r\n");
    }

    @Override
    public void add(String name, String value) {
        text.append(name).append(": ").append(checked(value)).append("\r\n");
    }

    /** Ends the head. */
    ByteBuffer finish() {
        return ByteBuffer.wrap(text.append("\r\n").toString().getBytes(ISO_8859_1));
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
