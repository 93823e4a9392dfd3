package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;

/** One connection to the backend: HTTP/1.1 with keep-alive until a handshake turns it into a WebSocket echo. */
final class BackendConnection {
    private final BackendAnswers answers;
    private final HttpHead head = new HttpHead();
    private final OutQueue queue = new OutQueue();
    private long bodyLeft;
    private WebSocketEcho echo;

    BackendConnection(BackendAnswers answers) {
        this.answers = answers;
    }

    boolean flush(SelectionKey key) throws IOException {
        return queue.flush(key);
    }

    /** Takes everything in {@code in}; {@code out} is scratch space for echoes. */
    void read(ByteBuffer in, ByteBuffer out, SelectionKey key) throws IOException {
        while (in.hasRemaining() && echo == null) {
            readHttp(in);
        }
        if (echo == null || !in.hasRemaining()) {
            queue.flush(key);
            return;
        }
        boolean isOpen = echo.read(in, out);
        queue.writeOrCopy(out.flip(), key);
        if (!isOpen) {
            key.channel().close();
        }
    }

    private void readHttp(ByteBuffer in) throws IOException {
        if (bodyLeft > 0) {
            int taken = (int) Math.min(bodyLeft, in.remaining());
            in.position(in.position() + taken);
            bodyLeft -= taken;
        } else if (head.readFrom(in)) {
            begin();
        } else {
            return;
        }
        if (bodyLeft == 0 && echo == null) {
            queue.add(answer());
            head.clear();
        }
    }

    private void begin() throws IOException {
        if (head.upgradesToWebSocket()) {
            queue.add(StandardCharsets.US_ASCII.encode(WebSocketHandshake.answer(head.field("sec-websocket-key:"))));
            echo = new WebSocketEcho();
            return;
        }
        if (!head.field("transfer-encoding:").isEmpty()) {
            throw new IOException("chunked request bodies are not read by this backend");
        }
        bodyLeft = Math.max(0, head.contentLength());
    }

    private ByteBuffer answer() {
        return head.isPost() ? answers.post(head.target(), head.contentLength()) : answers.get(head.target());
    }
}
