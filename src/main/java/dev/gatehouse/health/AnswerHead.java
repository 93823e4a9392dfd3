package dev.gatehouse.health;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/** Gathers the heads of one answer, interim ones too, as their bytes arrive. Confined to one probe. */
final class AnswerHead {
    /** All heads of an answer together; what is longer is no answer to a handshake. */
    static final int MAX_BYTES = 64 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int total;
    private boolean isLineEmpty;

    /**
     * Takes bytes up to the end of a head.
     *
     * @param source what arrived; what follows the head stays in it
     * @return the head, once it is whole
     * @throws HttpException if it is none, or too long
     */
    Optional<HttpResponse> take(ByteBuffer source) throws HttpException, IOException {
        while (source.hasRemaining()) {
            if (++total > MAX_BYTES) {
                throw new MessageConstraintException("its head has more than " + MAX_BYTES + " bytes");
            }
            byte next = source.get();
            bytes.write(next);
            if (next == '\n' && isLineEmpty) {
                return Optional.of(parsed());
            }
            isLineEmpty = next == '\n' || (next == '\r' && isLineEmpty); // a lone LF ends a line (RFC 9112 §2.2)
        }
        return Optional.empty();
    }

    private HttpResponse parsed() throws HttpException, IOException {
        byte[] head = bytes.toByteArray();
        bytes.reset();
        isLineEmpty = false;
        HttpResponse parsed = new DefaultHttpResponseParser(ProbeWire.HEAD_LIMITS)
                .parse(new SessionInputBufferImpl(head.length), new ByteArrayInputStream(head));
        if (parsed == null) {
            throw new HttpException("its head is empty");
        }
        return parsed;
    }
}
