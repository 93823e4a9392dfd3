package dev.gatehouse.gateway;

import dev.gatehouse.exchange.Departure;
import dev.gatehouse.exchange.InFlight;
import dev.gatehouse.exchange.Position;
import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.model.WebSocketSettings.Unhealthy;
import dev.gatehouse.threads.OwnThreads;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamListener;
import dev.gatehouse.upstream.UpstreamPool;
import dev.gatehouse.websocket.Bridges;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends, within its time, what a reload or a failing backend leaves without a place to be (REQ-37, WS-33). Thread-safe;
 * closed before the sessions are.
 */
final class Drains implements UpstreamListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Drains.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LONGEST_END = Duration.ofSeconds(1);
    private static final Duration SPREAD = Duration.ofSeconds(5);

    private final Bridges sessions;
    private final InFlight requests;
    private final OwnThreads own = OwnThreads.named("gatehouse-drain");
    private final ScheduledThreadPoolExecutor timer;
    private volatile WebSocketSettings settings;
    private final AtomicBoolean isCutting = new AtomicBoolean();
    private volatile long lastSwapNanos = System.nanoTime();
    private final Map<String, Object> failing = new ConcurrentHashMap<>();
    private volatile Function<Position, Optional<Departure>> judge = position -> Optional.empty();

    /**
     * What became of what was under way.
     *
     * @param kept how many go on
     * @param leaving how many must end, by reason
     */
    record Outcome(int kept, Map<String, Integer> leaving) {
        int draining() {
            return leaving.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    Drains(Bridges sessions, InFlight requests, WebSocketSettings settings) {
        this.settings = settings;
        this.sessions = sessions;
        this.requests = requests;
        this.timer = new ScheduledThreadPoolExecutor(1, own);
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Another configuration is served: what it has no place for ends by and by. */
    Outcome reconfigured(Function<Position, Optional<Departure>> continuity, WebSocketSettings next, long generation) {
        settings = next;
        judge = continuity;
        Map<String, Integer> leaving = new TreeMap<>(sessions.depart(continuity, generation));
        requests.depart(continuity).forEach((why, count) -> leaving.merge(why, count, Integer::sum));
        int draining = leaving.values().stream().mapToInt(Integer::intValue).sum();
        int kept = Math.max(0, sessions.count() + requests.count() - draining);
        lastSwapNanos = System.nanoTime();
        cutOverdue();
        return new Outcome(kept, leaving);
    }

    /** How many sessions and requests there are. */
    int underWay() {
        return sessions.count() + requests.count();
    }

    // As long as there are requests that began before the last change: one may still be sending its body, and gets its
    // backend later.
    private void cutOverdue() {
        requests.depart(judge);
        requests.cutOverdue();
        if (requests.hasOlder(lastSwapNanos) && isCutting.compareAndSet(false, true)) {
            later(
                    () -> {
                        isCutting.set(false);
                        cutOverdue();
                    },
                    LOOK);
        }
    }

    // WS-33: sessions of a failing member are ended only where that is asked for.
    @Override
    public void healthChanged(UpstreamPool pool, Upstream upstream, Health before, String cause) {
        String name = nameOf(pool, upstream);
        if (upstream.health() != Health.UNHEALTHY) {
            failing.remove(name);
            return;
        }
        Object failure = new Object();
        failing.put(name, failure);
        switch (policy(pool)) {
            case KEEP -> failing.remove(name);
            case DRAIN ->
                later(
                        () -> endIfStillUnhealthy(pool, upstream, failure),
                        pool.settings().draining().timeout());
            case CLOSE -> endIfStillUnhealthy(pool, upstream, failure);
        }
    }

    private Unhealthy policy(UpstreamPool pool) {
        Unhealthy usual = pool.settings().draining().enabled() ? Unhealthy.DRAIN : Unhealthy.KEEP;
        return settings.whenUnhealthy().getOrDefault(pool.pair().pool().name().toLowerCase(Locale.ROOT), usual);
    }

    private static String nameOf(UpstreamPool pool, Upstream upstream) {
        return pool + " " + upstream;
    }

    // By name, for a reload may have put another object in the place of the one that failed.
    private void endIfStillUnhealthy(UpstreamPool pool, Upstream upstream, Object failure) {
        if (failing.remove(nameOf(pool, upstream), failure)) {
            Departure end = new Departure(
                    "member " + upstream + " is unhealthy", "backend is unhealthy", Duration.ZERO, SPREAD);
            sessions.departFrom(upstream, end);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task reports what the future would hide
    private void later(Runnable task, Duration delay) {
        timer.schedule(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.error("draining failed", e);
                    }
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (!own.awaitEnd(LONGEST_END)) {
            LOG.warn("the draining thread did not end within {}", LONGEST_END);
        }
    }
}
