package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * Compresses our messages piece by piece (RFC 7692 §7.2.1). Every piece can be read when it arrives: nothing waits within
 * the stream for what follows. Guarded by the session's send lock; {@link #release} may come without it.
 */
final class MessageDeflater {
    private static final int TAIL_BYTES = 4; // 00 00 FF FF ends what was flushed
    private static final int SMALL_BYTES = 128; // shorter messages, each for itself, seldom shrink
    private static final int FRAME_BYTES = 16 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ZlibLease<Deflater> lease;
    private final BufferPool buffers;
    private final boolean weForget;

    /** Takes the payload of frames. */
    interface Sink {
        /**
         * A frame's payload.
         *
         * @param payload valid during the call
         * @param isLast whether the message ends with it
         */
        void deflated(ByteBuffer payload, boolean isLast) throws IOException;
    }

    /**
     * Creates one that holds nothing yet.
     *
     * @param weForget whether the peer forgets every message, so that none may build on the one before
     */
    MessageDeflater(ZlibPool<Deflater> pool, BufferPool buffers, boolean weForget) {
        this.lease = new ZlibLease<>(pool);
        this.buffers = buffers;
        this.weForget = weForget;
    }

    /** Whether a message that begins with a piece is worth the work. */
    boolean isWorthwhile(ByteBuffer piece, boolean isLast) {
        return !isLast || piece.remaining() >= (weForget ? SMALL_BYTES : 1);
    }

    /**
     * Compresses a message or the next piece of it.
     *
     * @param isLast whether the message ends with it
     */
    void accept(ByteBuffer piece, boolean isLast, Sink sink) throws IOException {
        Deflater deflater = lease.begin();
        ByteBuffer out = buffers.take().limit(FRAME_BYTES);
        boolean isDone = false;
        try {
            deflater.setInput(piece);
            deflate(deflater, out, sink);
            deflater.setInput(NOTHING); // a silent session must not hold the piece
            sink.deflated(isLast ? withoutTail(out) : out.flip(), isLast);
            isDone = true;
        } finally {
            buffers.give(out);
            lease.finish(isDone && (!isLast || !weForget));
        }
    }

    // A full buffer does not say whether it ends with the tail, so its last bytes stay for the next.
    private static void deflate(Deflater deflater, ByteBuffer out, Sink sink) throws IOException {
        deflater.deflate(out, Deflater.SYNC_FLUSH);
        while (!out.hasRemaining()) {
            ByteBuffer end = out.slice(FRAME_BYTES - TAIL_BYTES, TAIL_BYTES);
            sink.deflated(out.position(FRAME_BYTES - TAIL_BYTES).flip(), false);
            out.clear().limit(FRAME_BYTES).put(end);
            deflater.deflate(out, Deflater.SYNC_FLUSH);
        }
    }

    // §7.2.3.6: nothing is one byte, the head of an empty block whose rest is the tail.
    private static ByteBuffer withoutTail(ByteBuffer out) {
        if (out.position() == 0) {
            return out.put((byte) 0).flip();
        }
        return out.position(out.position() - TAIL_BYTES).flip();
    }

    /** Frees what is held; nothing can be compressed any more. */
    void release() {
        lease.release();
    }
}
