package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends to a backend. Thread-safe; data comes from one thread at a time, control frames from any. The send lock is held
 * while a frame is written, even if that waits for the backend: nothing may come between its bytes. Control frames never
 * wait: if they did, a backend that does not read until it was read from would stand still with us.
 */
final class BackendSender {
    private static final long NO_LIMIT_NANOS = Long.MAX_VALUE / 2;

    private final BackendSocket socket;
    private final Wire wire;
    private final BufferPool buffers;
    private final MaskKeys maskKeys;
    private final ReentrantLock sendLock = new ReentrantLock();
    private final AtomicReference<@Nullable ByteBuffer> pendingPong = new AtomicReference<>();
    private final AtomicReference<@Nullable ByteBuffer> pendingPing = new AtomicReference<>();
    private final AtomicReference<@Nullable CloseStatus> pendingClose = new AtomicReference<>();
    private boolean isInMessage; // guarded by sendLock
    private boolean isCompressed; // the message that is being sent; guarded by sendLock
    private volatile @Nullable MessageDeflater deflater; // set once, before the first message
    private volatile boolean closeSent;

    /** Stops and lets go whoever makes the data, while the backend does not take it. */
    interface Source {
        /** Called before waiting. */
        void pause();

        /** Called after waiting. */
        void resume();
    }

    BackendSender(BackendSocket socket, Wire wire, BufferPool buffers, MaskKeys maskKeys) {
        this.socket = socket;
        this.wire = wire;
        this.buffers = buffers;
        this.maskKeys = maskKeys;
    }

    /**
     * Sends a message or a piece of it; waits while the backend does not read (WS-34). Nothing is sent after a Close
     * (RFC 6455 §5.5.1).
     *
     * @param type {@link FrameHeader#TEXT} or {@link FrameHeader#BINARY}, the same for all pieces
     * @throws IOException if the connection is gone
     */
    void data(int type, ByteBuffer payload, boolean isLast, Source source) throws IOException {
        if (!payload.hasRemaining() && !isLast) {
            return;
        }
        sendLock.lock();
        try {
            sendUrgent();
            if (!closeSent) {
                writePiece(type, payload, isLast, source);
            }
        } finally {
            sendLock.unlock();
        }
        tryUrgent();
    }

    private void writePiece(int type, ByteBuffer payload, boolean isLast, Source source) throws IOException {
        MessageDeflater with = deflater;
        if (!isInMessage) {
            isCompressed = with != null && with.isWorthwhile(payload, isLast);
        }
        if (isCompressed && with != null) {
            with.accept(payload, isLast, (part, last) -> writePart(type, part, last, source));
        } else {
            writePart(type, payload, isLast, source);
        }
    }

    private void writePart(int type, ByteBuffer payload, boolean isLast, Source source) throws IOException {
        int opcode = isInMessage ? FrameHeader.CONTINUATION : type;
        int rsv = isCompressed && !isInMessage ? FrameHeader.COMPRESSED : 0; // RFC 7692 §6: on the first frame only
        isInMessage = !isLast;
        writeFrame(isLast, rsv, opcode, payload, source);
        flush(source);
    }

    // Header and payload leave in one write: two would cost 40 ms each (Nagle against delayed acknowledgement).
    private void writeFrame(boolean isFinal, int rsv, int opcode, ByteBuffer payload, Source source)
            throws IOException {
        int maskKey = maskKeys.next();
        ByteBuffer out = buffers.take();
        try {
            FrameWriter.writeMaskedHeader(out, isFinal, rsv, opcode, payload.remaining(), maskKey);
            long masked = FrameWriter.mask(payload, out, maskKey, 0);
            wire.write(out.flip());
            while (payload.hasRemaining()) {
                flush(source);
                masked += FrameWriter.mask(payload, out.clear(), maskKey, masked);
                wire.write(out.flip());
            }
        } finally {
            buffers.give(out);
        }
    }

    private void flush(Source source) throws IOException {
        if (wire.flush()) {
            return;
        }
        source.pause();
        try {
            while (!wire.flush()) {
                socket.awaitWritable(System.nanoTime() + NO_LIMIT_NANOS); // ended by BackendSocket.close at the latest
            }
        } finally {
            source.resume();
        }
    }

    /** Compresses messages from now on. Before the first one. */
    void compress(MessageDeflater with) {
        deflater = with;
    }

    /** Frees what the sender holds outside the heap, at the latest when the frame that is being sent is given up. */
    void release() {
        MessageDeflater with = deflater;
        if (with != null) {
            with.release();
        }
    }

    /** Answers a ping; of several that wait only the newest is answered (RFC 6455 §5.5.3). */
    void pong(ByteBuffer payload) throws IOException {
        pendingPong.set(ByteBuffer.allocate(payload.remaining()).put(payload).flip());
        tryUrgent();
    }

    /** Sends an empty ping. */
    void ping() throws IOException {
        pendingPing.set(ByteBuffer.allocate(0));
        tryUrgent();
    }

    /** Sends a Close, the first one only. */
    void close(CloseStatus status) throws IOException {
        pendingClose.compareAndSet(null, status);
        tryUrgent();
    }

    /** Whether a Close was sent. */
    boolean isCloseSent() {
        return closeSent;
    }

    /** The socket takes bytes again. */
    void writable() throws IOException {
        if (sendLock.tryLock()) { // else whoever has the lock flushes
            try {
                if (!wire.flush()) {
                    socket.wantWritable();
                }
            } finally {
                sendLock.unlock();
            }
        }
        tryUrgent();
    }

    // Never waits. Whoever holds the lock looks again after letting it go.
    private void tryUrgent() throws IOException {
        while (hasUrgent() && sendLock.tryLock()) {
            try {
                sendUrgent();
                if (!wire.flush()) {
                    socket.wantWritable();
                }
            } finally {
                sendLock.unlock();
            }
        }
    }

    private boolean hasUrgent() {
        boolean ping = pendingPong.get() != null || pendingPing.get() != null;
        return !closeSent && (ping || pendingClose.get() != null);
    }

    // Guarded by sendLock. Between two frames, also those of one message (RFC 6455 §5.4).
    private void sendUrgent() throws IOException {
        if (closeSent) {
            return;
        }
        sendControl(FrameHeader.PONG, pendingPong.getAndSet(null));
        sendControl(FrameHeader.PING, pendingPing.getAndSet(null));
        CloseStatus status = pendingClose.get();
        if (status != null) {
            closeSent = true;
            sendControl(FrameHeader.CLOSE, status.payload());
        }
    }

    private void sendControl(int opcode, @Nullable ByteBuffer payload) throws IOException {
        if (payload != null) {
            writeFrame(true, 0, opcode, payload, NeverPaused.INSTANCE);
        }
    }

    /** Ends the layer below, if nobody is in the middle of a frame. */
    void end() throws IOException {
        if (sendLock.tryLock()) {
            try {
                wire.end();
            } finally {
                sendLock.unlock();
            }
        }
    }

    /** A control frame fits the buffer, so that nobody waits. */
    private enum NeverPaused implements Source {
        INSTANCE;

        @Override
        public void pause() {}

        @Override
        public void resume() {}
    }
}
