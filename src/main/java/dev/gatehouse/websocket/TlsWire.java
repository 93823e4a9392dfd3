package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.2 or 1.3 over a socket that never blocks. Idle it keeps no buffer but a record that has not come whole. As
 * {@link Wire} says.
 */
final class TlsWire implements Wire {
    private static final int RECORD_HEADER_BYTES = 5;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final Outbox outbox;
    private final BufferPool buffers;
    private ByteBuffer unread = NOTHING;
    private volatile boolean isEnded;

    TlsWire(SSLEngine engine, Outbox outbox, BufferPool buffers) {
        this.engine = engine;
        this.outbox = outbox;
        this.buffers = buffers;
    }

    /**
     * Goes on with a connection whose handshake others made.
     *
     * @param unread what they read and did not decrypt
     */
    static TlsWire resumed(SSLEngine engine, Outbox outbox, BufferPool buffers, ByteBuffer unread) {
        TlsWire wire = new TlsWire(engine, outbox, buffers);
        wire.unread = unread;
        return wire;
    }

    /** How the handshake waits for the other side. */
    interface Waiting {
        /** Waits for bytes; null at the end of the connection. */
        @Nullable
        ByteBuffer bytes() throws IOException;

        /** Waits until all that was written is in the socket. */
        void flushed() throws IOException;
    }

    /** Makes the TLS handshake, on the calling thread. */
    void handshake(Waiting waiting) throws IOException {
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
            status = switch (status) {
                case NEED_WRAP -> {
                    HandshakeStatus next = wrap(NOTHING).getHandshakeStatus();
                    waiting.flushed();
                    yield next;
                }
                case NEED_TASK -> runTasks();
                default -> unwrapHandshake(waiting);
            };
        }
    }

    private HandshakeStatus runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
        return engine.getHandshakeStatus();
    }

    private HandshakeStatus unwrapHandshake(Waiting waiting) throws IOException {
        SSLEngineResult result = engine.unwrap(unread, NOTHING);
        if (result.getStatus() == Status.CLOSED) {
            throw new SSLException("backend closed TLS during the handshake");
        }
        if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
            @Nullable ByteBuffer raw = waiting.bytes();
            if (raw == null) {
                throw new SSLException("connection ended during the TLS handshake");
            }
            unread = joined(raw);
        }
        return result.getHandshakeStatus();
    }

    @Override
    public ByteBuffer decode(ByteBuffer raw) throws IOException {
        ByteBuffer in = joined(raw);
        ByteBuffer plain = ByteBuffer.allocate(in.remaining()); // never more than came, so no record overflows it
        boolean more = isRecordWhole(in);
        while (more) {
            SSLEngineResult result = engine.unwrap(in, plain);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                throw new SSLException("a record longer than its bytes");
            }
            isEnded = result.getStatus() == Status.CLOSED; // close_notify, RFC 8446 §6.1
            boolean isTask = result.getHandshakeStatus() == HandshakeStatus.NEED_TASK;
            if (isTask) {
                runTasks(); // RFC 8446 §4.6: tickets and key updates come between the data
            }
            more = result.getStatus() == Status.OK && isRecordWhole(in) && (isTask || result.bytesConsumed() > 0);
        }
        unread = copy(in);
        return plain.flip();
    }

    @Override
    public boolean isEnded() {
        return isEnded;
    }

    // RFC 8446 §5.1. The engine asks for room for the whole record before it notices that the record is not here.
    private static boolean isRecordWhole(ByteBuffer in) {
        return in.remaining() >= RECORD_HEADER_BYTES
                && in.remaining() - RECORD_HEADER_BYTES >= (in.getShort(in.position() + 3) & 0xFFFF);
    }

    private ByteBuffer joined(ByteBuffer raw) {
        if (!unread.hasRemaining()) {
            return raw;
        }
        ByteBuffer both = ByteBuffer.allocate(unread.remaining() + raw.remaining());
        return both.put(unread).put(raw).flip();
    }

    // The raw buffer is the loop's, so what is left of it must move.
    private static ByteBuffer copy(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return NOTHING;
        }
        return ByteBuffer.allocate(in.remaining()).put(in).flip();
    }

    @Override
    public void write(ByteBuffer plain) throws IOException {
        while (plain.hasRemaining()) {
            SSLEngineResult result = wrap(plain);
            if (result.getStatus() == Status.CLOSED) {
                throw new SSLException("backend closed TLS");
            }
        }
    }

    private SSLEngineResult wrap(ByteBuffer plain) throws IOException {
        ByteBuffer record = buffers.take();
        try {
            SSLEngineResult result = engine.wrap(plain, record);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                throw new SSLException("a record longer than " + record.capacity() + " bytes");
            }
            outbox.write(record.flip());
            return result;
        } finally {
            buffers.give(record);
        }
    }

    @Override
    public boolean flush() throws IOException {
        return outbox.flush();
    }

    @Override
    public void end() throws IOException {
        engine.closeOutbound();
        wrap(NOTHING); // close_notify, RFC 8446 §6.1
    }
}
