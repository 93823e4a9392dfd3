package dev.gatehouse.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Whole answers of the backend, built once per path. Confined to the backend's thread. */
final class BackendAnswers {
    private static final String BYTES = "/bytes/";
    private static final String SINK = "/sink/";

    private final Map<String, ByteBuffer> gets = new HashMap<>();
    private final ByteBuffer taken = answer("200 OK", 2);
    private final ByteBuffer refused = answer("400 Bad Request", 0);

    ByteBuffer get(String target) {
        return gets.computeIfAbsent(target, BackendAnswers::build).duplicate();
    }

    /** 200 if the body announced is the one the path asks for: a proxy must not lose or add a byte. */
    ByteBuffer post(String target, long contentLength) {
        boolean isWhole = target.equals(SINK + contentLength);
        return (isWhole ? taken : refused).duplicate();
    }

    private static ByteBuffer build(String target) {
        boolean isSized = target.startsWith(BYTES);
        return answer("200 OK", isSized ? Integer.parseInt(target, BYTES.length(), target.length(), 10) : 2);
    }

    private static ByteBuffer answer(String status, int bodyBytes) {
        byte[] head = ("HTTP/1.1 " + status + "\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                        + bodyBytes + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer answer = ByteBuffer.allocateDirect(head.length + bodyBytes).put(head);
        while (answer.hasRemaining()) {
            answer.put((byte) 'x');
        }
        return answer.flip();
    }
}
