package dev.gatehouse.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Both sides of the opening handshake (RFC 6455 §4). */
final class WebSocketHandshake {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String REQUEST = "GET /ws HTTP/1.1\r\nHost: bench.test\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 13\r\n\r\n";

    private WebSocketHandshake() {}

    static String answer(String key) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n";
    }

    /** Shakes hands over a blocking socket; afterwards nothing of the session has been read. */
    static void perform(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        HttpHead head = new HttpHead();
        ByteBuffer bytes;
        do {
            bytes = read(socket.getInputStream());
        } while (!head.readFrom(bytes));
        if (head.status() != 101 || !head.field("sec-websocket-accept:").equals(accept(KEY))) {
            throw new ProtocolException("handshake refused: " + head.firstLine());
        }
        if (bytes.hasRemaining()) {
            throw new ProtocolException("bytes after the handshake that nobody asked for");
        }
    }

    private static ByteBuffer read(InputStream stream) throws IOException {
        byte[] bytes = new byte[4096];
        int count = stream.read(bytes);
        if (count < 0) {
            throw new EOFException("connection closed during the handshake");
        }
        return ByteBuffer.wrap(bytes, 0, count);
    }

    private static String accept(String key) {
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }
}
