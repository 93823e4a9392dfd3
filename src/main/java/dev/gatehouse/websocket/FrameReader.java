package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a backend's byte stream into messages and control frames. Data frames of up to {@value #WHOLE_BYTES} bytes are
 * handed on whole; longer ones piece by piece as they come, so that no message is ever held (WS-31). Confined to the
 * delivery of one session.
 */
final class FrameReader {
    /** Frames up to this length wait until they have come whole. */
    static final int WHOLE_BYTES = 16 * 1024;

    private final FrameParser parser;
    private final @Nullable MessageInflater inflater;
    private final long maxMessageBytes;
    private @Nullable FrameHeader frame;
    private @Nullable ByteBuffer begun;
    private long left;
    private int type;
    private boolean isFirst;
    private boolean isCompressed;
    private long messageBytes;

    /** Takes what was found. */
    interface Sink {
        /**
         * A message or a piece of it.
         *
         * @param type {@link FrameHeader#TEXT} or {@link FrameHeader#BINARY}
         * @param payload valid during the call
         * @param isFirst whether the message begins here
         * @param isLast whether it ends here
         */
        void data(int type, ByteBuffer payload, boolean isFirst, boolean isLast) throws IOException;

        /** A ping, pong or close frame, whole. */
        void control(int opcode, ByteBuffer payload) throws IOException;
    }

    /**
     * Creates a reader.
     *
     * @param maxMessageBytes longest message, 0 for no limit (WS-32)
     */
    FrameReader(long maxMessageBytes) {
        this(maxMessageBytes, null);
    }

    /**
     * Creates a reader.
     *
     * @param maxMessageBytes longest message, decompressed, 0 for no limit (WS-32)
     * @param inflater decompresses messages, if that was agreed (WS-41)
     */
    FrameReader(long maxMessageBytes, @Nullable MessageInflater inflater) {
        this.maxMessageBytes = maxMessageBytes;
        this.inflater = inflater;
        this.parser = FrameParser.ofServerFrames(inflater == null ? 0 : FrameHeader.COMPRESSED);
    }

    /** Reads all of the bytes. */
    void accept(ByteBuffer in, Sink sink) throws IOException {
        boolean more = true;
        while (more) {
            if (frame == null && !beginFrame(in)) {
                return;
            }
            more = payload(in, sink);
        }
    }

    private boolean beginFrame(ByteBuffer in) throws WebSocketProtocolException {
        @Nullable FrameHeader header = parser.parse(in);
        if (header == null) {
            return false;
        }
        if (!header.isControl()) {
            beginPart(header);
        }
        frame = header;
        left = header.length();
        return true;
    }

    private void beginPart(FrameHeader header) throws WebSocketProtocolException {
        if (header.opcode() != FrameHeader.CONTINUATION) {
            type = header.opcode();
            isFirst = true;
            isCompressed = header.rsv() != 0;
            messageBytes = 0;
        }
        if (!isCompressed) {
            count(header.length());
        }
    }

    private void count(long bytes) throws WebSocketProtocolException {
        messageBytes += bytes;
        boolean tooLong = maxMessageBytes > 0 && messageBytes > maxMessageBytes;
        if (tooLong || messageBytes < 0) {
            throw new WebSocketProtocolException(
                    CloseCode.TOO_BIG, "message longer than " + maxMessageBytes + " bytes");
        }
    }

    // Returns whether a frame ended, so that another may follow.
    private boolean payload(ByteBuffer in, Sink sink) throws IOException {
        FrameHeader header = Objects.requireNonNull(frame);
        if (begun == null && in.remaining() < left) {
            return header.length() <= WHOLE_BYTES ? begin(in) : piece(in, header, sink);
        }
        ByteBuffer payload = begun == null ? slice(in, (int) left) : filled(begun, in);
        if (payload == null) {
            return false;
        }
        frame = null;
        begun = null;
        emit(header, payload, true, sink);
        return true;
    }

    private boolean begin(ByteBuffer in) {
        begun = ByteBuffer.allocate((int) left).put(in);
        return false;
    }

    private static @Nullable ByteBuffer filled(ByteBuffer begun, ByteBuffer in) {
        begun.put(slice(in, Math.min(begun.remaining(), in.remaining())));
        return begun.hasRemaining() ? null : begun.flip();
    }

    private boolean piece(ByteBuffer in, FrameHeader header, Sink sink) throws IOException {
        if (in.hasRemaining()) {
            left -= in.remaining();
            emit(header, slice(in, in.remaining()), false, sink);
        }
        return false;
    }

    private void emit(FrameHeader header, ByteBuffer payload, boolean isEnd, Sink sink) throws IOException {
        if (header.isControl()) {
            sink.control(header.opcode(), payload);
            return;
        }
        boolean isLast = isEnd && header.isFinal();
        if (!payload.hasRemaining() && !isLast) {
            return;
        }
        if (isCompressed) {
            Objects.requireNonNull(inflater).accept(payload, isLast, (piece, last) -> {
                count(piece.remaining());
                emit(piece, last, sink);
            });
        } else {
            emit(payload, isLast, sink);
        }
    }

    private void emit(ByteBuffer payload, boolean isLast, Sink sink) throws IOException {
        boolean first = isFirst;
        isFirst = false;
        sink.data(type, payload, first, isLast);
    }

    /** Whether a short frame has come in part. */
    boolean isWaitingForRest() {
        return begun != null;
    }

    /** Frees what the reader holds outside the heap; may come from any thread. */
    void release() {
        if (inflater != null) {
            inflater.release();
        }
    }

    private static ByteBuffer slice(ByteBuffer in, int length) {
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }
}
