package dev.gatehouse.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of a case's requests, built once and shared by all connections. Immutable. */
final class Requests {
    private static final int BINARY = 0x82;

    private final ByteBuffer copies;
    private final int oneBytes;

    /** Room for {@code depth} requests sent at once. */
    Requests(BenchCase benchCase, int depth) {
        ByteBuffer one = benchCase.usesWebSocket() ? frame(benchCase.requestBytes()) : http(benchCase);
        oneBytes = one.remaining();
        copies = ByteBuffer.allocateDirect(oneBytes * depth);
        for (int i = 0; i < depth; i++) {
            copies.put(one.duplicate());
        }
        copies.flip();
    }

    /** {@code count} requests back to back, at most the depth. */
    ByteBuffer take(int count) {
        return copies.duplicate().limit(count * oneBytes);
    }

    static AnswerReader reader(BenchCase benchCase) {
        return benchCase.usesWebSocket()
                ? new WebSocketAnswerReader(benchCase.answerBytes())
                : new HttpAnswerReader(benchCase.answerBytes());
    }

    private static ByteBuffer http(BenchCase benchCase) {
        int bodyBytes = benchCase.requestBytes();
        String line = bodyBytes == 0 ? "GET /bytes/" + benchCase.answerBytes() : "POST /sink/" + bodyBytes;
        String length =
                bodyBytes == 0 ? "" : "Content-Type: application/octet-stream\r\nContent-Length: " + bodyBytes + "\r\n";
        byte[] head = (line + " HTTP/1.1\r\nHost: bench.test\r\nUser-Agent: gatehouse-bench\r\nAccept: */*\r\n" + length
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + bodyBytes).put(head).rewind();
    }

    private static ByteBuffer frame(int payloadBytes) {
        // The key is not zero: whoever ends the session has to unmask.
        ByteBuffer frame = ByteBuffer.allocate(payloadBytes + 14);
        FrameHead.writeMasked(frame, BINARY, ByteBuffer.allocate(payloadBytes), 0x1234_5678);
        return frame.flip();
    }
}
