package dev.gatehouse.bench;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Expects 200 with a Content-Length of its own choice, and exactly that many bytes. */
final class HttpAnswerReader implements AnswerReader {
    private final HttpHead head = new HttpHead();
    private final long expectedBytes;
    private long bodyLeft;

    HttpAnswerReader(long expectedBytes) {
        this.expectedBytes = expectedBytes;
    }

    @Override
    public int read(ByteBuffer in) throws IOException {
        int answers = 0;
        while (in.hasRemaining()) {
            if (bodyLeft == 0) {
                if (!head.readFrom(in)) {
                    return answers;
                }
                check();
                bodyLeft = expectedBytes;
                head.clear();
            }
            int taken = (int) Math.min(bodyLeft, in.remaining());
            in.position(in.position() + taken);
            bodyLeft -= taken;
            if (bodyLeft == 0) {
                answers++;
            }
        }
        return answers;
    }

    private void check() throws IOException {
        if (head.status() != 200) {
            throw new ProtocolException("answered " + head.firstLine());
        }
        if (head.contentLength() != expectedBytes) {
            throw new ProtocolException("Content-Length " + head.contentLength() + ", expected " + expectedBytes);
        }
    }
}
