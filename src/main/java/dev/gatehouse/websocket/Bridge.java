package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.exchange.Position;
import dev.gatehouse.observe.SessionEnd;
import dev.gatehouse.observe.SessionEnd.Side;
import dev.gatehouse.observe.SessionMetrics;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins a client's session and a backend's: messages go through in order in both directions at once, the slow side holds
 * the fast one back, and whoever ends first decides what the other is told (WS-30 to WS-37). Thread-safe; each direction
 * is driven by one thread at a time.
 */
final class Bridge implements OpenSession, BackendSession.Listener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.websocket");
    private static final long OPEN_NANOS = 10_000_000_000L; // from the backend's 101 to the client's session
    private static final long PATIENCE_NANOS = 3_000_000_000L; // with a client that does not take the rest

    private final BackendSession backendSession;
    private final BridgeLimits limits;
    private final SessionOrigin origin;
    private final Owner owner;
    private final long startNanos = System.nanoTime();
    private final Heartbeat heartbeat;
    private final Heartbeat clientHeartbeat;
    private final AtomicBoolean isSendingToClient = new AtomicBoolean();
    private final Traffic fromClient;
    private final Traffic fromBackend;
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final AtomicBoolean clientDone = new AtomicBoolean();
    private final AtomicBoolean backendDone = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile @Nullable ClientLeg client;
    private volatile @Nullable Leave leave;
    private volatile boolean isClientPaused;
    private volatile long lastFrameNanos = startNanos;
    private char unpairedHigh; // confined to the client's direction

    private record Ending(CloseStatus status, Side source) {}

    /** Keeps the bridges. Neither method may block. */
    interface Owner {
        /** Both sides are done; called once. */
        void released(OpenSession session);

        /** The client was told goodbye; its connection must be gone soon, whether it answers or not. */
        void goodbye(ClientLeg client);
    }

    /**
     * Creates a bridge whose backend is open and whose client is not yet.
     *
     * @param owner hears of its end
     */
    Bridge(
            BackendSession backendSession,
            BridgeLimits limits,
            SessionOrigin origin,
            SessionMetrics metrics,
            Owner owner) {
        this.backendSession = backendSession;
        this.limits = limits;
        this.origin = origin;
        this.fromClient = new Traffic(metrics.in());
        this.fromBackend = new Traffic(metrics.out());
        this.owner = owner;
        this.heartbeat = new Heartbeat(limits.pingNanos(), startNanos);
        this.clientHeartbeat = new Heartbeat(limits.pingNanos(), startNanos);
    }

    /** The client's session is open: messages may pass. */
    void clientOpened(Session session) {
        ClientLeg leg = new ClientLeg(session);
        client = leg;
        lastFrameNanos = System.nanoTime();
        if (ending.get() == null) {
            backendSession.start();
        } else { // given up, or the gateway is going
            leg.close(CloseStatus.of(CloseCode.GOING_AWAY));
        }
    }

    /** Text from the client. Waits while the backend does not read. */
    void clientSent(String piece, boolean isLast) {
        clientSent(FrameHeader.TEXT, ByteBuffer.wrap(paired(piece, isLast).getBytes(UTF_8)), isLast);
    }

    // A container may cut text between the halves of a character; they are encoded together or not at all (T15).
    private String paired(String piece, boolean isLast) {
        String text = unpairedHigh == 0 ? piece : unpairedHigh + piece;
        unpairedHigh = 0;
        int end = text.length() - 1;
        if (!isLast && end >= 0 && Character.isHighSurrogate(text.charAt(end))) {
            unpairedHigh = text.charAt(end);
            return text.substring(0, end);
        }
        return text;
    }

    /** Binary data from the client. Waits while the backend does not read. */
    void clientSent(ByteBuffer piece, boolean isLast) {
        clientSent(FrameHeader.BINARY, piece, isLast);
    }

    private void clientSent(int type, ByteBuffer piece, boolean isLast) {
        long now = System.nanoTime();
        lastFrameNanos = now;
        clientHeartbeat.sign(now);
        if (ending.get() != null) {
            return;
        }
        if (limits.isTooLong(fromClient.count(type, piece.remaining(), isLast))) {
            if (end(CloseStatus.of(CloseCode.TOO_BIG), Side.GATEWAY)) {
                backendSession.close(CloseStatus.of(CloseCode.GOING_AWAY));
                closeClient(CloseStatus.of(CloseCode.TOO_BIG));
            }
            return;
        }
        try {
            backendSession.send(type, piece, isLast);
        } catch (IOException e) {
            LOG.debug("backend is gone", e); // delivery finds out too, after what the backend sent before
        }
    }

    /** The client's session has ended, by whomever. */
    void clientClosed(int code, String reason) {
        CloseStatus status = new CloseStatus(code, reason);
        if (end(status, Side.CLIENT)) {
            backendSession.close(toBackend(status));
        }
        clientDone();
    }

    private static CloseStatus toBackend(CloseStatus status) {
        return switch (status.code()) {
            case CloseCode.ABNORMAL -> CloseStatus.of(CloseCode.GOING_AWAY); // WS-37
            // The container found bytes that are no text and says so in its own words (WS-30). A client's own 1007
            // cannot be told from that in any other way.
            case CloseCode.INVALID_PAYLOAD ->
                status.reason().contains("UTF-8") ? CloseStatus.of(CloseCode.INTERNAL_ERROR) : status;
            default -> status.relayed();
        };
    }

    private void clientDone() {
        clientDone.set(true);
        releaseIfDone();
    }

    @Override
    public void backendSent(int type, ByteBuffer payload, boolean isFirst, boolean isLast)
            throws WebSocketProtocolException {
        ClientLeg to = client;
        if (ending.get() != null || to == null) {
            return;
        }
        fromBackend.count(type, payload.remaining(), isLast);
        isSendingToClient.setRelease(true);
        try {
            to.send(type, payload, isFirst, isLast);
            long now = System.nanoTime();
            lastFrameNanos = now;
            heartbeat.sign(now);
        } catch (WebSocketProtocolException e) {
            throw e;
        } catch (IOException e) {
            LOG.debug("client is gone", e);
            clientClosed(CloseCode.ABNORMAL, "");
            to.cut();
        } finally {
            isSendingToClient.setRelease(false);
        }
    }

    /** The client answered a ping of ours, or sent a pong for no reason. */
    void clientBeats() {
        if (!clientHeartbeat.answered()) {
            lastFrameNanos = System.nanoTime();
        }
    }

    @Override
    public void backendBeats(int opcode) {
        if (opcode == FrameHeader.PING || !heartbeat.answered()) {
            lastFrameNanos = System.nanoTime(); // answers to our own pings keep no session alive (WS-36)
        }
    }

    @Override
    public void backendStirs() {
        long now = System.nanoTime();
        lastFrameNanos = now;
        heartbeat.sign(now);
    }

    @Override
    public void backendCloses(CloseStatus status) {
        if (end(status, Side.SERVER)) {
            closeClient(status.relayed());
        }
    }

    @Override
    public void backendBroke(WebSocketProtocolException fault) {
        LOG.info("{} backend={} id={}", fault.getMessage(), origin.backend(), origin.traceId());
        if (end(CloseStatus.of(fault.closeCode()), Side.GATEWAY)) {
            boolean tooBig = fault.closeCode() == CloseCode.TOO_BIG;
            closeClient(CloseStatus.of(tooBig ? CloseCode.GOING_AWAY : CloseCode.INTERNAL_ERROR)); // WS-30, WS-32
        }
    }

    @Override
    public void backendLost(@Nullable IOException cause) {
        if (end(CloseStatus.of(CloseCode.ABNORMAL), Side.SERVER)) {
            LOG.debug("backend is gone", cause);
            closeClient(CloseStatus.of(CloseCode.INTERNAL_ERROR)); // WS-37
        }
    }

    @Override
    public void backendReleased() {
        backendDone.set(true);
        releaseIfDone();
    }

    @Override
    public void pause() {
        isClientPaused = true;
        ClientLeg from = client;
        if (from != null) {
            from.pauseReading();
        }
    }

    @Override
    public void resume() {
        isClientPaused = false;
        ClientLeg from = client;
        if (from != null) {
            from.resumeReading();
        }
    }

    @Override
    public void end(CloseStatus status) {
        if (end(status, Side.GATEWAY)) {
            backendSession.close(status);
            closeClient(status);
            if (client == null) {
                backendSession.cut(); // nobody would read its answer: delivery begins with the client's session
            }
        }
    }

    @Override
    public SessionOrigin origin() {
        return origin;
    }

    @Override
    public Position position() {
        return origin.position();
    }

    @Override
    public void leaveAt(long nanos, String word, boolean isForGood) {
        leave = Leave.first(leave, new Leave(nanos, new CloseStatus(CloseCode.GOING_AWAY, word), isForGood));
    }

    @Override
    public void stay() {
        leave = Leave.afterAll(leave);
    }

    @Override
    public void cut() {
        ending.compareAndSet(null, new Ending(CloseStatus.of(CloseCode.ABNORMAL), Side.GATEWAY));
        backendSession.cut();
        ClientLeg leg = client;
        if (leg != null) {
            leg.cut();
        }
        clientDone();
    }

    private boolean end(CloseStatus status, Side source) {
        return ending.compareAndSet(null, new Ending(status, source));
    }

    private void closeClient(CloseStatus status) {
        ClientLeg leg = client;
        if (leg != null) {
            leg.close(status);
            owner.goodbye(leg);
        }
        clientDone();
    }

    // On the loop, so whatever may wait is handed over.
    @Override
    public void tick(long nowNanos) {
        if (ending.get() != null) {
            return; // backendSession bounds its own closing, the container that of the client
        }
        if (client == null) {
            if (nowNanos - startNanos > OPEN_NANOS) {
                backendSession.execute(this::cut); // the client left before its session began
            }
            return;
        }
        @Nullable Leave due = leave;
        if (due != null && due.isDue(nowNanos)) {
            backendSession.execute(() -> end(due.status())); // WS-33
            return;
        }
        if (limits.isExpired(nowNanos)) {
            backendSession.execute(() -> end(BridgeLimits.TOKEN_ENDED));
            return;
        }
        long silent = nowNanos - lastFrameNanos;
        if (limits.isCutDue(silent) && !(limits.isIdle(silent) && limits.idleNanos() < limits.cutNanos())) {
            backendSession.execute(this::cut);
        } else if (limits.isIdle(silent)) {
            backendSession.execute(() -> end(CloseStatus.of(CloseCode.GOING_AWAY)));
        } else if (backendSession.isEndOverdue(nowNanos - PATIENCE_NANOS)) {
            backendSession.execute(() -> backendLost(null));
        } else {
            beat(nowNanos);
            beatClient(nowNanos);
        }
    }

    // A client that takes its time, or that we do not read from, owes no pong.
    private void beatClient(long nowNanos) {
        ClientLeg leg = client;
        if (leg == null || isClientPaused || isSendingToClient.getAcquire() || backendSession.isHeldBack()) {
            clientHeartbeat.excused();
        } else if (clientHeartbeat.isDead(nowNanos)) {
            backendSession.execute(() -> {
                clientClosed(CloseCode.ABNORMAL, "");
                leg.cut();
            });
        } else if (clientHeartbeat.isDue(nowNanos)) {
            backendSession.execute(leg::ping);
        }
    }

    private void beat(long nowNanos) {
        if (backendSession.isHeldBack()) {
            heartbeat.excused(); // its pong may be among what the client does not take
        } else if (heartbeat.isDead(nowNanos)) {
            backendSession.execute(() -> {
                backendLost(null);
                backendSession.cut();
            });
        } else if (heartbeat.isDue(nowNanos)) {
            backendSession.ping();
        }
    }

    private void releaseIfDone() {
        if (clientDone.get() && backendDone.get() && released.compareAndSet(false, true)) {
            origin.backend().ended();
            owner.released(this);
        }
    }

    @Override
    public String id() {
        return origin.traceId();
    }

    @Override
    public SessionView view() {
        return SessionView.of(
                origin,
                lastFrameNanos,
                fromClient,
                fromBackend,
                clientHeartbeat.rtt(),
                heartbeat.rtt(),
                ending.get() != null);
    }

    @Override
    public SessionEnd report() {
        @Nullable Ending end = ending.get();
        return origin.ended(
                end == null ? CloseStatus.of(CloseCode.ABNORMAL) : end.status(),
                end == null ? Side.GATEWAY : end.source(),
                fromClient,
                fromBackend);
    }
}
