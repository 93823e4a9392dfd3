package dev.gatehouse.websocket;

import dev.gatehouse.exchange.Position;
import dev.gatehouse.observe.SessionEnd;
import dev.gatehouse.observe.SessionEnd.Side;
import dev.gatehouse.observe.SessionMetrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins a client's connection and a backend's after a handshake that went end to end: bytes pass untouched, and only
 * between two frames something of ours is put in (WS-42). Idle it holds no thread and no buffer. Thread-safe: one lock
 * guards both directions. It is held around reads and writes, none of which waits.
 */
final class Relay implements OpenSession {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.websocket");
    private static final long OPEN_NANOS = 10_000_000_000L; // from the backend's 101 to the client's connection
    private static final long CLOSE_NANOS = 5_000_000_000L; // from the first Close to the end of both (WS-37)

    private final ReentrantLock lock = new ReentrantLock();
    private final BackendAnswer answer;
    private final BridgeLimits limits;
    private final SessionOrigin origin;
    private final MaskKeys maskKeys;
    private final boolean isExtended;
    private final Traffic fromClient;
    private final Traffic fromBackend;
    private final Owner owner;
    private final long startNanos = System.nanoTime();
    private @Nullable RelayLeg client;
    private @Nullable RelayLeg backend;
    private ByteBuffer earlyFromClient = ByteBuffer.allocate(0);
    private List<ByteBuffer> earlyFromBackend = List.of();
    private @Nullable Flow toBackend;
    private @Nullable Flow toClient;
    private @Nullable Ending ending;
    private @Nullable Leave leave;
    private volatile boolean isReleased;
    private final AtomicBoolean isTold = new AtomicBoolean();

    private record Ending(CloseStatus status, Side source, long nanos) {}

    /** Keeps the relays. Must not block. */
    interface Owner {
        /** Both sides are closed; called once. */
        void released(OpenSession session);

        /** The backend is gone already; the client's connection must be gone soon, whether it ever comes or not. */
        void awaitsClient(Relay relay);
    }

    /**
     * Creates a relay whose backend has accepted and whose client was not answered yet.
     *
     * @param isExtended whether both sides agreed upon extensions
     */
    Relay(
            BackendAnswer answer,
            BridgeLimits limits,
            SessionOrigin origin,
            MaskKeys maskKeys,
            boolean isExtended,
            SessionMetrics metrics,
            Owner owner) {
        this.answer = answer;
        this.limits = limits;
        this.origin = origin;
        this.maskKeys = maskKeys;
        this.isExtended = isExtended;
        this.fromClient = new Traffic(metrics.in());
        this.fromBackend = new Traffic(metrics.out());
        this.owner = owner;
    }

    /** Takes the backend's connection over. On its loop. */
    void takeBackend() {
        lock.lock();
        try {
            if (!isReleased) {
                earlyFromBackend = answer.early();
                backend = answer.leg(this);
                begin();
            }
        } catch (IOException e) {
            LOG.debug("backend is gone", e);
            backend = new LostLeg(); // the client is told, as soon as it is there
            owner.awaitsClient(this);
            begin();
        } finally {
            lock.unlock();
        }
        tellEnd();
    }

    /**
     * The client's connection is free of HTTP.
     *
     * @param early what it sent already
     */
    void clientOpened(RelayLeg leg, ByteBuffer early) {
        lock.lock();
        try {
            if (isReleased) {
                leg.close();
                return;
            }
            client = leg;
            earlyFromClient = early;
            begin();
        } finally {
            lock.unlock();
        }
        tellEnd();
    }

    // Whichever side comes last.
    private void begin() {
        RelayLeg clientSide = client;
        RelayLeg backendSide = backend;
        if (clientSide == null || backendSide == null) {
            return;
        }
        long now = System.nanoTime();
        Flow up = new Flow(clientSide, backendSide, true, isExtended, limits, maskKeys, fromClient, now);
        Flow down = new Flow(backendSide, clientSide, false, isExtended, limits, maskKeys, fromBackend, now);
        toBackend = up;
        toClient = down;
        @Nullable Ending already = ending; // not what the early bytes say
        for (ByteBuffer bytes : earlyFromBackend) {
            pass(down, up, bytes);
        }
        pass(up, down, earlyFromClient);
        earlyFromBackend = List.of();
        earlyFromClient = ByteBuffer.allocate(0);
        if (backendSide instanceof LostLeg || backendSide.isAtEnd()) {
            lost(down, up);
        }
        if (clientSide.isAtEnd()) {
            lost(up, down);
        }
        if (already != null) { // given up, or the gateway is going
            up.close(already.status());
            down.close(already.status());
        }
        settle(up, down);
    }

    private void pass(Flow flow, Flow back, ByteBuffer bytes) {
        try {
            flow.pass(bytes);
            noteClose(flow);
        } catch (WebSocketProtocolException e) {
            broken(flow, back, e);
        } catch (IOException e) {
            LOG.debug("one side is gone", e);
            flow.lostReceiver();
        }
    }

    /** There is something to read from a side. */
    void readable(RelayLeg leg, ByteBuffer scratch) {
        lock.lock();
        try {
            Flow up = toBackend;
            Flow down = toClient;
            if (up == null || down == null || isReleased) {
                return;
            }
            Flow flow = leg == client ? up : down;
            Flow back = leg == client ? down : up;
            if (flow.mayRead()) {
                move(flow, back, scratch);
                settle(up, down);
            }
        } finally {
            lock.unlock();
        }
        tellEnd();
    }

    private void move(Flow flow, Flow back, ByteBuffer scratch) {
        try {
            boolean goesOn = flow.move(scratch);
            noteClose(flow);
            if (!goesOn) {
                lost(flow, back);
            }
        } catch (WebSocketProtocolException e) {
            broken(flow, back, e);
        } catch (IOException e) {
            LOG.debug("one side is gone", e);
            flow.lostReceiver();
        }
    }

    /** A side takes bytes again. */
    void writable(RelayLeg leg) {
        lock.lock();
        try {
            Flow up = toBackend;
            Flow down = toClient;
            if (up != null && down != null && !isReleased) {
                settle(up, down);
            }
        } finally {
            lock.unlock();
        }
        tellEnd();
    }

    // After everything that may have changed what is wanted from either side.
    private void settle(Flow up, Flow down) {
        up.flush();
        down.flush();
        if (up.isReceiverLost() && !down.isOver()) {
            lost(down, up);
        }
        if (down.isReceiverLost() && !up.isOver()) {
            lost(up, down);
        }
        if (up.isOver() && down.isOver() && !up.isHeld() && !down.isHeld()) {
            release(Side.GATEWAY);
            return;
        }
        RelayLeg clientSide = client;
        RelayLeg backendSide = backend;
        if (clientSide != null && backendSide != null) {
            clientSide.want(up.mayRead(), down.isHeld());
            backendSide.want(down.mayRead(), up.isHeld());
        }
    }

    private void noteClose(Flow flow) {
        @Nullable CloseStatus status = flow.closeStatus();
        if (status != null) {
            end(status, sourceOf(flow));
        }
    }

    private Side sourceOf(Flow flow) {
        return flow == toBackend ? Side.CLIENT : Side.SERVER;
    }

    // The source of a direction has ended without a word, or after it (WS-37).
    private void lost(Flow flow, Flow back) {
        flow.stop();
        boolean isClients = flow == toBackend;
        end(CloseStatus.of(CloseCode.ABNORMAL), sourceOf(flow));
        if (flow.isClosed()) {
            return;
        }
        if (!flow.isBetweenFrames()) {
            back.stop(); // the frame that was begun cannot be ended: all that is left is to cut
            return;
        }
        @Nullable CloseStatus asked = back.closeStatus();
        int code = isClients ? CloseCode.GOING_AWAY : CloseCode.INTERNAL_ERROR;
        flow.close(asked == null ? CloseStatus.of(code) : asked);
    }

    // The offender hears its fault, the other side that it is over (WS-30, WS-32).
    private void broken(Flow flow, Flow back, WebSocketProtocolException fault) {
        LOG.info("{} from={} backend={} id={}", fault.getMessage(), sourceOf(flow), origin.backend(), origin.traceId());
        end(CloseStatus.of(fault.closeCode()), Side.GATEWAY);
        boolean isTooBig = fault.closeCode() == CloseCode.TOO_BIG;
        back.close(CloseStatus.of(fault.closeCode()));
        flow.close(CloseStatus.of(isTooBig ? CloseCode.GOING_AWAY : CloseCode.INTERNAL_ERROR));
    }

    private void end(CloseStatus status, Side source) {
        if (ending == null) {
            ending = new Ending(status, source, System.nanoTime());
        }
    }

    @Override
    public void end(CloseStatus status) {
        lock.lock();
        try {
            if (ending != null || isReleased) {
                return;
            }
            end(status, Side.GATEWAY);
            Flow up = toBackend;
            Flow down = toClient;
            if (up != null && down != null) {
                up.close(status);
                down.close(status);
                settle(up, down);
            }
        } finally {
            lock.unlock();
        }
        tellEnd();
    }

    /** Time passes. On the backend's loop. */
    void tick(RelayLeg leg, long nowNanos) {
        if (leg != backend) {
            return; // once is enough
        }
        lock.lock();
        try {
            if (!isReleased) {
                check(nowNanos);
            }
        } finally {
            lock.unlock();
        }
        tellEnd();
    }

    private void check(long now) {
        @Nullable Ending begun = ending;
        Flow up = toBackend;
        Flow down = toClient;
        if (begun != null && now - begun.nanos() > CLOSE_NANOS) {
            release(Side.GATEWAY);
            return;
        }
        if (up == null || down == null) {
            if (now - startNanos > OPEN_NANOS) {
                release(Side.CLIENT); // it left before its answer
            }
            return;
        }
        if (begun != null) {
            return;
        }
        @Nullable Leave due = leave;
        long silent = now - Math.max(up.lastFrameNanos(), down.lastFrameNanos());
        if (due != null && due.isDue(now)) {
            end(due.status()); // WS-33
        } else if (limits.isExpired(now)) {
            end(BridgeLimits.TOKEN_ENDED);
        } else if (limits.isCutDue(silent) && !(limits.isIdle(silent) && limits.idleNanos() < limits.cutNanos())) {
            release(Side.GATEWAY); // WS-20
        } else if (limits.isIdle(silent)) {
            end(CloseStatus.of(CloseCode.GOING_AWAY)); // WS-36
        } else {
            beat(up, down, now);
            beat(down, up, now);
            settle(up, down);
        }
    }

    private void beat(Flow flow, Flow back, long now) {
        Heartbeat heartbeat = flow.heartbeat();
        if (flow.isHeld() || back.isHeld() || !back.isBetweenFrames()) {
            heartbeat.excused(); // its pong may be among what the other side does not take, or the ping cannot go
        } else if (heartbeat.isDead(now)) {
            lost(flow, back);
        } else if (heartbeat.isDue(now)) {
            back.ping(flow);
        }
    }

    private void release(Side source) {
        end(CloseStatus.of(CloseCode.ABNORMAL), source);
        if (isReleased) {
            return;
        }
        isReleased = true;
        RelayLeg clientSide = client;
        if (clientSide != null) {
            clientSide.close();
        }
        RelayLeg backendSide = backend;
        if (backendSide == null || backendSide instanceof LostLeg) {
            answer.cut();
        } else {
            backendSide.close();
        }
    }

    // Never with the lock.
    private void tellEnd() {
        if (isReleased && isTold.compareAndSet(false, true)) {
            origin.backend().ended();
            owner.released(this);
        }
    }

    @Override
    public void cut() {
        lock.lock();
        try {
            release(Side.GATEWAY);
        } finally {
            lock.unlock();
        }
        tellEnd();
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
        lock.lock();
        try {
            leave = Leave.first(leave, new Leave(nanos, new CloseStatus(CloseCode.GOING_AWAY, word), isForGood));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stay() {
        lock.lock();
        try {
            leave = Leave.afterAll(leave);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String id() {
        return origin.traceId();
    }

    @Override
    public SessionView view() {
        lock.lock();
        try {
            Flow up = toBackend;
            Flow down = toClient;
            return SessionView.of(
                    origin,
                    up == null || down == null ? startNanos : Math.max(up.lastFrameNanos(), down.lastFrameNanos()),
                    fromClient,
                    fromBackend,
                    up == null ? Optional.empty() : up.heartbeat().rtt(),
                    down == null ? Optional.empty() : down.heartbeat().rtt(),
                    ending != null);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SessionEnd report() {
        lock.lock();
        try {
            @Nullable Ending end = ending;
            return origin.ended(
                    end == null ? CloseStatus.of(CloseCode.ABNORMAL) : end.status(),
                    end == null ? Side.GATEWAY : end.source(),
                    fromClient,
                    fromBackend);
        } finally {
            lock.unlock();
        }
    }
}
