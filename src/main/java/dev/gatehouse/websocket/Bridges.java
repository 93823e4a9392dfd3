package dev.gatehouse.websocket;

import dev.gatehouse.exchange.Departure;
import dev.gatehouse.exchange.Position;
import dev.gatehouse.observe.SessionEnd;
import dev.gatehouse.observe.SessionJournal;
import dev.gatehouse.observe.SessionMetrics;
import dev.gatehouse.upstream.Upstream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * All sessions of a gateway with the threads they share. Outlives configurations; closed with the gateway. Thread-safe.
 */
public final class Bridges implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofSeconds(5); // WS-33: TCP is cut 5 s after the Close
    private static final CloseStatus GOODBYE_STATUS = new CloseStatus(CloseCode.GOING_AWAY, "gateway is shutting down");
    private static final long LOOK_MILLIS = 10;

    private final BackendLoops loops;
    private final SessionMetrics metrics;
    private final SessionJournal journal;
    private final Set<OpenSession> open = ConcurrentHashMap.newKeySet();
    private volatile long generation = 1;
    private final Queue<Goodbye> goodbyes = new ConcurrentLinkedQueue<>();
    private volatile Function<Position, Optional<Departure>> latest = position -> Optional.empty();
    private volatile boolean isClosing;

    private record Goodbye(Runnable cut, long deadlineNanos) {}

    private final class Owner implements Bridge.Owner, Relay.Owner {
        @Override
        public void released(OpenSession bridge) {
            Bridges.this.released(bridge);
        }

        @Override
        public void goodbye(ClientLeg client) {
            goodbyes.add(new Goodbye(client::cutIfPossible, System.nanoTime() + GOODBYE.toNanos()));
        }

        @Override
        public void awaitsClient(Relay relay) {
            goodbyes.add(new Goodbye(relay::cut, System.nanoTime() + GOODBYE.toNanos()));
        }
    }

    private Bridges(BackendLoops loops, SessionMetrics metrics, SessionJournal journal) {
        this.loops = loops;
        this.metrics = metrics;
        this.journal = journal;
        loops.onTick(this::cutOverdue);
    }

    /**
     * Starts the threads: one selector for every two processors, at most two.
     *
     * @param metrics counts sessions and messages
     * @param journal hears of every session
     * @return no session yet
     * @throws IOException if the system gives no selector
     */
    public static Bridges start(SessionMetrics metrics, SessionJournal journal) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        return new Bridges(BackendLoops.start(processors > 2 ? 2 : 1), metrics, journal);
    }

    BackendLoops loops() {
        return loops;
    }

    /** Joins a backend's session to a client yet to come. */
    Bridge join(BackendSession backendSession, BridgeLimits limits, SessionOrigin origin) {
        Bridge bridge = new Bridge(backendSession, limits, origin, metrics, new Owner());
        keep(bridge);
        backendSession.attach(bridge);
        return bridge;
    }

    /** Joins a backend's connection to a client's yet to come. */
    Relay relay(BackendAnswer answer, BridgeLimits limits, SessionOrigin origin, boolean isExtended) {
        Relay relay = new Relay(answer, limits, origin, loops.maskKeys(), isExtended, metrics, new Owner());
        keep(relay);
        answer.handOver();
        answer.loop().run(relay::takeBackend);
        return relay;
    }

    private void keep(OpenSession session) {
        open.add(session);
        metrics.opened(session.origin().start());
        journal.opened(session.origin().start());
        latest.apply(session.position()).ifPresent(end -> depart(session, end, false));
        if (isClosing) { // the stop began between the backend's answer and this line
            session.end(GOODBYE_STATUS);
        }
    }

    // A container may wait long for a client's Close; we do not (WS-37).
    private void cutOverdue() {
        long now = System.nanoTime();
        Goodbye next = goodbyes.peek();
        while (next != null && now - next.deadlineNanos() > 0) {
            goodbyes.remove(next);
            loops.execute(next.cut());
            next = goodbyes.peek();
        }
    }

    private void released(OpenSession bridge) {
        open.remove(bridge);
        SessionEnd end = bridge.report();
        metrics.ended(end);
        journal.ended(end);
    }

    /**
     * How many sessions are open.
     *
     * @return those whose client and backend are not both closed
     */
    public int count() {
        return open.size();
    }

    /**
     * The sessions that are open.
     *
     * @return in no order; each as it is at this moment
     */
    public List<SessionView> views() {
        return open.stream().map(OpenSession::view).toList();
    }

    /**
     * Ends a session on both sides.
     *
     * @param id its id
     * @param code one that may stand in a Close frame
     * @param reason what both sides are told, at most 123 bytes of UTF-8
     * @return whether there is such a session
     * @throws IllegalArgumentException if code or reason may not be sent
     */
    public boolean end(String id, int code, String reason) {
        if (!CloseCode.maySend(code)) {
            throw new IllegalArgumentException(
                    "close code: " + code + " (expected: 1000 to 1003, 1007 to 1014, or 3000 to 4999)");
        }
        if (!CloseStatus.shortened(reason).equals(reason)) {
            throw new IllegalArgumentException("reason: too long (expected: at most 123 bytes of UTF-8)");
        }
        for (OpenSession session : open) {
            if (session.id().equals(id)) {
                loops.execute(() -> session.end(new CloseStatus(code, reason)));
                return true;
            }
        }
        return false;
    }

    SessionMetrics metrics() {
        return metrics;
    }

    long generation() {
        return generation;
    }

    /**
     * Lets those sessions go that must, spread over the time that they have, and takes back the farewell of those that
     * need not after all (WS-33). The others notice nothing.
     *
     * @param judge says why one must end; empty if it may go on
     * @param next number of the configuration that is in force now
     * @return how many must end, by reason
     */
    public Map<String, Integer> depart(Function<Position, Optional<Departure>> judge, long next) {
        generation = next;
        latest = judge; // for those whose backend is being asked at this moment
        Map<String, Integer> counts = new TreeMap<>();
        for (OpenSession bridge : open) {
            Optional<Departure> departure = judge.apply(bridge.position());
            departure.ifPresentOrElse(end -> depart(bridge, end, false), bridge::stay);
            departure.ifPresent(end -> counts.merge(end.why(), 1, Integer::sum));
        }
        return counts;
    }

    /**
     * Ends the sessions of one member.
     *
     * @param upstream the member
     * @param departure why, and when
     */
    public void departFrom(Upstream upstream, Departure departure) {
        for (OpenSession bridge : open) {
            if (bridge.position().upstream().isSameMember(upstream)) {
                depart(bridge, departure, true);
            }
        }
    }

    private static void depart(OpenSession bridge, Departure end, boolean isForGood) {
        double share = ThreadLocalRandom.current().nextDouble();
        bridge.leaveAt(System.nanoTime() + end.at(share).toNanos(), end.word(), isForGood);
    }

    /** Tells all sessions that the gateway goes away (1001) and those that come yet as well; does not wait. */
    public void beginClose() {
        isClosing = true;
        for (OpenSession bridge : open) {
            loops.execute(() -> bridge.end(GOODBYE_STATUS));
        }
    }

    /**
     * Whether the gateway is going away.
     *
     * @return true from {@link #beginClose} on: no session should begin
     */
    boolean isClosing() {
        return isClosing;
    }

    /**
     * Ends all sessions with 1001, waits at most 5 s for the goodbyes, then cuts what is left and ends the threads. Does
     * not wait if {@link #beginClose} was called: whoever did has waited.
     */
    @Override
    public void close() {
        try {
            if (!isClosing) {
                beginClose();
                awaitEnd();
            }
            open.forEach(OpenSession::cut);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loops.close();
    }

    private void awaitEnd() throws InterruptedException {
        long deadline = System.nanoTime() + GOODBYE.toNanos();
        while (!open.isEmpty() && System.nanoTime() - deadline < 0) {
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
