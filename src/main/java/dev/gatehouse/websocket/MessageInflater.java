package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses a peer's messages piece by piece (RFC 7692 §7.2.2): however much a message grows, no more of it is held
 * than one buffer. Used by the delivery of one session; {@link #release} may come from any thread.
 */
final class MessageInflater {
    // §7.2.2: what the sender took off the end of every message
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final ZlibLease<Inflater> lease;
    private final BufferPool buffers;
    private final boolean peerForgets;
    private boolean streamEnded;

    /** Takes what was decompressed. */
    interface Sink {
        /**
         * A piece of the message.
         *
         * @param piece valid during the call; empty only if the message ends with it
         */
        void inflated(ByteBuffer piece, boolean isLast) throws IOException;
    }

    /**
     * Creates one that holds nothing yet.
     *
     * @param peerForgets whether no message builds on the one before
     */
    MessageInflater(ZlibPool<Inflater> pool, BufferPool buffers, boolean peerForgets) {
        this.lease = new ZlibLease<>(pool);
        this.buffers = buffers;
        this.peerForgets = peerForgets;
    }

    /**
     * Decompresses the next bytes of a message.
     *
     * @param isLast whether the message ends with them
     * @throws WebSocketProtocolException with 1007 if they were not compressed
     */
    void accept(ByteBuffer in, boolean isLast, Sink sink) throws IOException {
        Inflater inflater = lease.begin();
        ByteBuffer out = buffers.take();
        boolean isDone = false;
        try {
            inflate(inflater, in, out, sink);
            if (isLast) {
                inflate(inflater, ByteBuffer.wrap(TAIL), out, sink);
            }
            if (isLast || out.position() > 0) {
                sink.inflated(out.flip(), isLast);
            }
            isDone = true;
        } finally {
            buffers.give(out);
            lease.finish(isDone && (!isLast || isBuiltUpon()));
        }
    }

    private void inflate(Inflater inflater, ByteBuffer in, ByteBuffer out, Sink sink) throws IOException {
        inflater.setInput(in);
        while (fill(inflater, out) || restart(inflater, in)) {
            if (!out.hasRemaining()) {
                sink.inflated(out.flip(), false);
                out.clear();
            }
        }
    }

    // Whether there may be more in the same input.
    private static boolean fill(Inflater inflater, ByteBuffer out) throws WebSocketProtocolException {
        try {
            inflater.inflate(out);
            return !out.hasRemaining();
        } catch (DataFormatException e) {
            WebSocketProtocolException fault =
                    new WebSocketProtocolException(CloseCode.INVALID_PAYLOAD, "peer sent data that is not compressed");
            fault.initCause(e);
            throw fault;
        }
    }

    // §7.2.3.4: a sender may end its stream within a message; what follows is a stream of its own.
    private boolean restart(Inflater inflater, ByteBuffer in) {
        if (!inflater.finished()) {
            return false;
        }
        streamEnded = true;
        inflater.reset();
        inflater.setInput(in);
        return in.hasRemaining();
    }

    private boolean isBuiltUpon() {
        boolean isBuiltUpon = !peerForgets && !streamEnded;
        streamEnded = false;
        return isBuiltUpon;
    }

    /** Frees what is held; nothing can be decompressed any more. */
    void release() {
        lease.release();
    }
}
