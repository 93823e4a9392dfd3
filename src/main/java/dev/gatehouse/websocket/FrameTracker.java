package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Follows the frames of a stream that passes untouched, so that it knows where one ends: there, and only there, frames of
 * ours may go in, and frames may be taken out. Payload is not looked at, but that of control frames (RFC 6455 §5.5).
 * Guarded by the relay's lock.
 */
final class FrameTracker {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final FrameParser parser;
    private final Judge judge;
    private final ArrayDeque<ByteBuffer> own = new ArrayDeque<>(1);
    private ByteBuffer held = NOTHING; // a header or control frame that has not come whole
    private long left; // payload of the frame that passes
    private boolean hasSeenClose;
    private boolean isEnding;
    private boolean isEnded;

    /** Decides about frames. */
    interface Judge {
        /**
         * A data frame begins.
         *
         * @throws WebSocketProtocolException if it must not pass
         */
        void data(FrameHeader header) throws WebSocketProtocolException;

        /**
         * Payload of that data frame passes.
         *
         * @param isEnd whether the frame ends with it
         */
        void payload(long bytes, boolean isEnd);

        /**
         * A control frame has come.
         *
         * @param payload unmasked
         * @return whether it passes
         * @throws WebSocketProtocolException if it must not pass, nor what follows
         */
        boolean control(int opcode, ByteBuffer payload) throws WebSocketProtocolException;
    }

    FrameTracker(FrameParser parser, Judge judge) {
        this.parser = parser;
        this.judge = judge;
    }

    /**
     * Passes on what may pass. Nothing passes after a Close.
     *
     * @param bytes taken whole
     * @throws WebSocketProtocolException if a frame must not pass; all before it did, and none of its own bytes
     */
    void pass(ByteBuffer bytes, RelayLeg to) throws IOException {
        ByteBuffer in = joined(bytes);
        int from = in.position();
        int start = from;
        try {
            while (in.hasRemaining() && !hasSeenClose) {
                skipPayload(in);
                start = in.position();
                if (left > 0 || !in.hasRemaining()) {
                    break;
                }
                if (!own.isEmpty()) {
                    forward(in, from, start, to);
                    from = start;
                    sendOwn(to);
                }
                @Nullable FrameHeader header = parser.parse(in);
                if (header == null || header.isControl() && in.remaining() < header.length()) {
                    parser.forget();
                    held = copy(in.position(start));
                    in.position(start).limit(start);
                } else if (header.isControl() && !passesControl(header, in)) {
                    forward(in, from, start, to);
                    from = in.position();
                } else if (!header.isControl()) {
                    judge.data(header);
                    begin(header.length());
                }
            }
        } catch (WebSocketProtocolException e) {
            forward(in, from, start, to);
            hasSeenClose = true; // of what follows nothing can be known
            throw e;
        }
        forward(in, from, in.position(), to);
        isEnded |= hasSeenClose;
        if (left == 0) {
            sendOwn(to);
        }
    }

    private ByteBuffer joined(ByteBuffer bytes) {
        if (!held.hasRemaining()) {
            return bytes;
        }
        ByteBuffer both = ByteBuffer.allocate(held.remaining() + bytes.remaining())
                .put(held)
                .put(bytes)
                .flip();
        held = NOTHING;
        return both;
    }

    private static ByteBuffer copy(ByteBuffer in) {
        return ByteBuffer.allocate(in.remaining()).put(in).flip();
    }

    private void begin(long length) {
        left = length;
        if (length == 0) {
            judge.payload(0, true);
        }
    }

    private void skipPayload(ByteBuffer in) {
        if (left > 0) {
            int count = (int) Math.min(left, in.remaining());
            in.position(in.position() + count);
            left -= count;
            judge.payload(count, left == 0);
        }
    }

    private boolean passesControl(FrameHeader header, ByteBuffer in) throws WebSocketProtocolException {
        int length = (int) header.length();
        ByteBuffer plain = ByteBuffer.allocate(length);
        FrameWriter.mask(in.slice(in.position(), length), plain, header.maskKey(), 0);
        in.position(in.position() + length);
        hasSeenClose = header.opcode() == FrameHeader.CLOSE;
        return judge.control(header.opcode(), plain.flip());
    }

    private void forward(ByteBuffer in, int from, int end, RelayLeg to) throws IOException {
        if (end > from && !isEnded) {
            to.write(in.slice(from, end - from));
        }
    }

    /**
     * Puts a frame of ours between two others, at once or as soon as the one that passes is over.
     *
     * @param isClose whether nothing else passes from then on; the first one counts
     */
    void insert(ByteBuffer frame, boolean isClose, RelayLeg to) throws IOException {
        if (isEnding) {
            return;
        }
        isEnding = isClose;
        own.add(frame);
        if (left == 0) {
            sendOwn(to);
        }
    }

    private void sendOwn(RelayLeg to) throws IOException {
        for (ByteBuffer frame = own.poll(); frame != null; frame = own.poll()) {
            if (!isEnded) {
                to.write(frame);
            }
        }
        isEnded |= isEnding;
    }

    /** Whether what has passed ends with a whole frame, so that one of ours may follow. */
    boolean isBetweenFrames() {
        return left == 0;
    }

    /** Whether the source has sent its Close, or something after which nothing is read. */
    boolean hasSeenClose() {
        return hasSeenClose;
    }

    /** Whether a Close was passed on or put in. */
    boolean isEnded() {
        return isEnded;
    }
}
