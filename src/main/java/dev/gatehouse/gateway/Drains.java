package dev.gatehouse.gateway;

import dev.gatehouse.exchange.Departure;
import dev.gatehouse.exchange.InFlight;
import dev.gatehouse.exchange.Position;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.model.WebSocketSettings.Unhealthy;
import dev.gatehouse.threads.OwnThreads;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamListener;
import dev.gatehouse.upstream.UpstreamPool;
import dev.gatehouse.websocket.Bridges;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Duration LONGEST_END = Duration.ofSeconds(1);
    private static final Duration SPREAD = Duration.ofSeconds(5);

    private final Bridges sessions;
    private final InFlight requests;
    private final OwnThreads own = OwnThreads.named("gatehouse-drain");
    private final ScheduledThreadPoolExecutor timer;
    private volatile WebSocketSettings settings;
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
        later(() -> requests.depart(judge), LATE); // those that were choosing a backend at that moment
        cutOverdue();
        return new Outcome(kept, leaving);
    }

    /** How many sessions and requests there are. */
    int underWay() {
        return sessions.count() + requests.count();
    }

    private void cutOverdue() {
        if (requests.cutOverdue()) {
            later(this::cutOverdue, LOOK);
        }
    }

    // WS-33: sessions of a failing member are ended only where that is asked for.
    @Override
    public void healthChanged(UpstreamPool pool, Upstream upstream, Health before, String cause) {
        if (upstream.health() != Health.UNHEALTHY) {
            return;
        }
        ConnectionDraining draining = pool.settings().draining();
        Optional<Instant> since = upstream.lastChange();
        switch (policy(pool)) {
            case KEEP -> {}
            case DRAIN -> later(() -> endIfStillUnhealthy(upstream, since), draining.timeout());
            case CLOSE -> endIfStillUnhealthy(upstream, since);
        }
    }

    private Unhealthy policy(UpstreamPool pool) {
        Unhealthy usual = pool.settings().draining().enabled() ? Unhealthy.DRAIN : Unhealthy.KEEP;
        return settings.whenUnhealthy().getOrDefault(pool.pair().pool().name().toLowerCase(Locale.ROOT), usual);
    }

    private void endIfStillUnhealthy(Upstream upstream, Optional<Instant> since) {
        if (upstream.health() == Health.UNHEALTHY && upstream.lastChange().equals(since)) {
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
