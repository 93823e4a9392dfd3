package dev.gatehouse.websocket;

import dev.gatehouse.exchange.HeaderTokens;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that is no 101, found by length, chunks or the end of the connection (RFC 9112 §6.3), handed on
 * piece by piece. Confined to one dial.
 */
final class RefusalBody {
    private static final int MAX_LINE_BYTES = 16 * 1024; // longest chunk line or trailer section

    private final Framing framing;
    private long left; // bytes of the body, or of the chunk
    private Step step = Step.SIZE;
    private final StringBuilder line = new StringBuilder();
    private int trailerBytes;

    private enum Framing {
        NONE,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    private enum Step {
        SIZE,
        DATA,
        DATA_END,
        TRAILER,
        DONE
    }

    /** Gives the bytes of an answer as they come. */
    @FunctionalInterface
    interface Source {
        /** Waits for bytes. Null at the end of the connection. */
        @Nullable
        ByteBuffer next() throws IOException;
    }

    private RefusalBody(Framing framing, long left) {
        this.framing = framing;
        this.left = left;
    }

    /**
     * Reads the framing from a head.
     *
     * @throws MalformedAnswerException if lengths contradict each other
     */
    static RefusalBody of(ResponseHead head) throws MalformedAnswerException {
        if (head.status() == 204 || head.status() == 304) {
            return new RefusalBody(Framing.NONE, 0);
        }
        List<String> codings = HeaderTokens.of(head.values("Transfer-Encoding"));
        if (!codings.isEmpty()) {
            boolean chunked = codings.get(codings.size() - 1).equalsIgnoreCase("chunked");
            return new RefusalBody(chunked ? Framing.CHUNKED : Framing.UNTIL_CLOSE, 0);
        }
        List<String> lengths = HeaderTokens.of(head.values("Content-Length")).stream()
                .distinct()
                .toList();
        if (lengths.isEmpty()) {
            return new RefusalBody(Framing.UNTIL_CLOSE, 0);
        }
        if (lengths.size() > 1) {
            throw new MalformedAnswerException("contradicting Content-Length");
        }
        long length = number(lengths.get(0), 10);
        return new RefusalBody(length == 0 ? Framing.NONE : Framing.LENGTH, length);
    }

    /**
     * Copies the body.
     *
     * @param first what came together with the head
     * @param source what comes after
     * @param out flushed whenever nothing more is here
     * @throws EOFException if the connection ends too early
     */
    void copyTo(ByteBuffer first, Source source, OutputStream out) throws IOException {
        boolean more = take(first, out);
        while (more) {
            out.flush();
            @Nullable ByteBuffer next = source.next();
            if (next == null) {
                if (framing != Framing.UNTIL_CLOSE) {
                    throw new EOFException("connection ended inside the body");
                }
                return;
            }
            more = take(next, out);
        }
    }

    private boolean take(ByteBuffer in, OutputStream out) throws IOException {
        return switch (framing) {
            case NONE -> false;
            case UNTIL_CLOSE -> {
                copy(in, in.remaining(), out);
                yield true;
            }
            case LENGTH -> {
                left -= copy(in, left, out);
                yield left > 0;
            }
            case CHUNKED -> takeChunks(in, out);
        };
    }

    private static int copy(ByteBuffer in, long most, OutputStream out) throws IOException {
        byte[] bytes = new byte[(int) Math.min(most, in.remaining())];
        in.get(bytes);
        out.write(bytes);
        return bytes.length;
    }

    private boolean takeChunks(ByteBuffer in, OutputStream out) throws IOException {
        while (in.hasRemaining() && step != Step.DONE) {
            if (step == Step.DATA) {
                left -= copy(in, left, out);
                step = left == 0 ? Step.DATA_END : Step.DATA;
            } else {
                takeLineByte((char) (in.get() & 0xFF));
            }
        }
        return step != Step.DONE;
    }

    private void takeLineByte(char next) throws MalformedAnswerException {
        if (next != '\n') {
            line.append(next);
            if (line.length() > MAX_LINE_BYTES) {
                throw new MalformedAnswerException("chunk line too long");
            }
            return;
        }
        String text = line.toString().strip();
        line.setLength(0);
        step = afterLine(text);
    }

    private Step afterLine(String text) throws MalformedAnswerException {
        switch (step) {
            case SIZE -> {
                int end = text.indexOf(';'); // extensions are ignored, RFC 9112 §7.1.1
                left = number((end < 0 ? text : text.substring(0, end)).strip(), 16);
                return left == 0 ? Step.TRAILER : Step.DATA;
            }
            case DATA_END -> {
                if (!text.isEmpty()) {
                    throw new MalformedAnswerException("chunk longer than it said");
                }
                return Step.SIZE;
            }
            default -> {
                trailerBytes += text.length();
                if (trailerBytes > MAX_LINE_BYTES) {
                    throw new MalformedAnswerException("trailers too long");
                }
                return text.isEmpty() ? Step.DONE : Step.TRAILER;
            }
        }
    }

    private static long number(String text, int radix) throws MalformedAnswerException {
        boolean plain = !text.isEmpty() && text.length() <= 15;
        for (int i = 0; plain && i < text.length(); i++) {
            plain = text.charAt(i) < 128 && Character.digit(text.charAt(i), radix) >= 0;
        }
        if (!plain) {
            throw new MalformedAnswerException("malformed length");
        }
        return Long.parseLong(text, radix);
    }
}
