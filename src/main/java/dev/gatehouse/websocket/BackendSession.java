package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backend's half of a bridge: our own WebSocket client session, open. Answers pings and closes by itself. Idle it
 * holds no thread and no buffer. Thread-safe but for {@link #send}, which one thread at a time may call.
 */
final class BackendSession implements Receiver, FrameReader.Sink {
    /** The longest wait for the peer's Close, and for the end of the connection after it (WS-37). */
    static final long CLOSE_NANOS = 5_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(BackendSession.class);

    private final BackendSocket socket;
    private final Wire wire;
    private final BackendSender sender;
    private final FrameReader reader;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private ByteBuffer early;
    private volatile boolean closeReceived;
    private volatile boolean ignoresInput;
    private volatile boolean isClosing;
    private volatile long closeDeadline;
    private volatile @Nullable Listener listener;

    /**
     * Hears what the backend does. All but {@link #tick} comes from one thread at a time and may block; at most one of
     * the three ends comes.
     */
    interface Listener extends BackendSender.Source {
        /** A message or a piece of it, as for {@link FrameReader.Sink#data}. */
        void backendSent(int type, ByteBuffer payload, boolean isFirst, boolean isLast)
                throws WebSocketProtocolException;

        /** A ping or pong came; the ping was answered. */
        void backendBeats(int opcode);

        /** A part of a frame came that is not whole: the backend lives. */
        void backendStirs();

        /** The backend sent a Close, which was answered. */
        void backendCloses(CloseStatus status);

        /** The backend broke the protocol and was told so. */
        void backendBroke(WebSocketProtocolException fault);

        /** The connection ended without Close. */
        void backendLost(@Nullable IOException cause);

        /** The connection is closed; nothing follows. */
        void backendReleased();

        /** Called about twice a second, on the loop. */
        void tick(long nowNanos);
    }

    /**
     * Creates a session.
     *
     * @param early bytes that came with the handshake's answer
     * @param reader not used yet
     */
    BackendSession(BackendSocket socket, Wire wire, BackendSender sender, ByteBuffer early, FrameReader reader) {
        this.socket = socket;
        this.wire = wire;
        this.sender = sender;
        this.early = early;
        this.reader = reader;
    }

    /** Lets time pass for the session, but no data yet. */
    void attach(Listener next) {
        listener = next;
        socket.attach(this);
    }

    /** Begins delivery to the listener, on another thread, early bytes first. */
    void start() {
        socket.start();
    }

    private Listener listener() {
        return Objects.requireNonNull(listener, "session was not attached");
    }

    /** Sends a message or a piece of it, as {@link BackendSender#data}. */
    void send(int type, ByteBuffer payload, boolean isLast) throws IOException {
        sender.data(type, payload, isLast, listener());
    }

    /** Sends an empty ping, as soon as that is possible without waiting. */
    void ping() {
        try {
            sender.ping();
        } catch (IOException e) {
            socket.execute(() -> lost(e));
        }
    }

    /** Begins the closing handshake; the connection is cut if it takes more than 5 s. What still comes is dropped. */
    void close(CloseStatus status) {
        ignoresInput = true;
        limitClosing();
        try {
            sender.close(status);
        } catch (IOException e) {
            lost(e);
        }
    }

    private void limitClosing() {
        if (!isClosing) {
            closeDeadline = System.nanoTime() + CLOSE_NANOS;
            isClosing = true;
        }
    }

    /** Cuts the connection, without a word. */
    void cut() {
        ignoresInput = true;
        try {
            sender.end();
        } catch (IOException e) {
            LOG.debug("ending TLS failed", e);
        }
        socket.close();
        reader.release();
        sender.release();
        if (released.compareAndSet(false, true)) {
            listener().backendReleased();
        }
    }

    /** Whether the backend is held back because the client is slow. */
    boolean isHeldBack() {
        return socket.isReadingStopped();
    }

    /** Whether the backend ended the connection before a time, and the client still has not taken what came before. */
    boolean isEndOverdue(long beforeNanos) {
        return !ended.get() && socket.isEndedBefore(beforeNanos);
    }

    /** Runs what may block, on another thread. */
    void execute(Runnable task) {
        socket.execute(task);
    }

    @Override
    public void begun() {
        ByteBuffer bytes = early;
        early = ByteBuffer.allocate(0);
        frames(bytes);
    }

    @Override
    public void received(ByteBuffer raw) {
        try {
            frames(wire.decode(raw));
            if (reader.isWaitingForRest()) {
                listener().backendStirs();
            }
            if (wire.isEnded()) {
                lost(null);
            }
        } catch (IOException e) {
            lost(e);
        }
    }

    private void frames(ByteBuffer plain) {
        if (closeReceived) {
            return; // RFC 6455 §1.4: what follows a Close is discarded
        }
        try {
            reader.accept(plain, this);
        } catch (WebSocketProtocolException e) {
            broken(e);
        } catch (IOException e) {
            lost(e);
        } catch (RuntimeException e) {
            LOG.error("a WebSocket session failed", e);
            lost(new IOException("defect while relaying", e)); // both sides must still be released
        }
    }

    @Override
    public void data(int type, ByteBuffer payload, boolean isFirst, boolean isLast) throws WebSocketProtocolException {
        if (!ignoresInput) {
            listener().backendSent(type, payload, isFirst, isLast);
        }
    }

    @Override
    public void control(int opcode, ByteBuffer payload) throws IOException {
        if (opcode == FrameHeader.CLOSE) {
            peerCloses(CloseStatus.parse(payload));
            return;
        }
        if (opcode == FrameHeader.PING) {
            sender.pong(payload);
        }
        listener().backendBeats(opcode);
    }

    private void peerCloses(CloseStatus status) throws IOException {
        closeReceived = true;
        limitClosing(); // RFC 6455 §7.1.1: the server ends the connection, but we do not wait for ever
        sender.close(new CloseStatus(status.relayed().code(), ""));
        if (ended.compareAndSet(false, true)) {
            listener().backendCloses(status);
        }
    }

    private void broken(WebSocketProtocolException fault) {
        closeReceived = true; // the frames' borders are lost, so nothing more can be read
        close(new CloseStatus(fault.closeCode(), ""));
        if (ended.compareAndSet(false, true)) {
            listener().backendBroke(fault);
        }
    }

    @Override
    public void ended(@Nullable IOException cause) {
        lost(cause);
    }

    private void lost(@Nullable IOException cause) {
        if (ended.compareAndSet(false, true)) {
            closeReceived = true;
            listener().backendLost(cause);
        }
        cut();
    }

    @Override
    public void writable() {
        try {
            sender.writable();
        } catch (IOException e) {
            socket.execute(() -> lost(e)); // this is the loop: it must not wait for the client
        }
    }

    @Override
    public void tick(long nowNanos) {
        if (isClosing && nowNanos - closeDeadline > 0) {
            cut();
        } else {
            listener().tick(nowNanos);
        }
    }
}
