package dev.gatehouse.health;

import dev.gatehouse.threads.OwnThreads;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes every member of every pool that is served on its own schedule, and tells each change of health to its
 * {@link UpstreamPool} (PRB-1 to PRB-16). However many members there are, it has one timer thread and one socket thread;
 * both are gone after {@link #close}.
 *
 * <p>Pools come and go with configurations: {@link #prepare} begins to probe what a new one adds, {@link #serve} makes
 * it count. Members that both have are probed on as if nothing had happened (PRB-15).
 *
 * <p>Thread-safe; started once and closed once.
 */
public final class ProbeExecutor implements AutoCloseable {
    /** The gateway counts as ready after this time even if a first probe is still on its way (PRB-11). */
    public static final Duration LONGEST_FIRST_ROUND = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ProbeExecutor.class);
    /** A look-up cannot be interrupted; closing does not wait for it longer than this. */
    static final Duration LONGEST_END = Duration.ofSeconds(2);

    private static final long LOOK_MILLIS = 5;

    private final Map<Upstream, ProbedUpstream> probed = new HashMap<>(); // of the timer thread alone
    private final Set<UpstreamPool> prepared = new HashSet<>(); // of the timer thread alone
    private final LongSupplier nanoTime;
    private final ProbeWire wire = new ProbeWire();
    private final OwnThreads own = OwnThreads.named("gatehouse-probe-timer");
    private final ScheduledThreadPoolExecutor timer;
    private volatile List<UpstreamPool> served = List.of();
    private volatile @Nullable Long startedAt;
    private volatile boolean wasReady;

    /**
     * Creates one that does nothing until {@link #start}.
     *
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public ProbeExecutor(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.timer = new ScheduledThreadPoolExecutor(1, own);
        timer.setRemoveOnCancelPolicy(true);
        // A probe that close() cuts reports its end to a timer that is gone; nobody wants to know.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Starts the first round (PRB-11).
     *
     * @param pools each (pool, settings) pair once (PRB-1)
     */
    public void start(List<UpstreamPool> pools) {
        startedAt = nanoTime.getAsLong();
        served = List.copyOf(pools);
        wire.start();
        prepare(pools);
    }

    /**
     * Begins to probe the members that nobody probes yet, and makes none of them count.
     *
     * @param pools what is perhaps to be served
     */
    public void prepare(List<UpstreamPool> pools) {
        later(
                () -> {
                    prepared.addAll(pools);
                    begin(unknown(pools));
                },
                0);
    }

    /**
     * Probes the members of these pools from now on, and no others. Ends preparations.
     *
     * @param pools what is served
     */
    public void serve(List<UpstreamPool> pools) {
        served = List.copyOf(pools);
        later(() -> take(pools), 0);
    }

    /**
     * Other members are in a pool than before.
     *
     * @param pool one that is served or prepared
     */
    public void changed(UpstreamPool pool) {
        later(
                () -> {
                    if (prepared.contains(pool)) {
                        begin(unknown(List.of(pool)));
                        drop(pool);
                    }
                },
                0);
    }

    private void take(List<UpstreamPool> pools) {
        prepared.clear();
        prepared.addAll(pools);
        begin(unknown(pools));
        Set<Upstream> wanted = new HashSet<>();
        for (UpstreamPool pool : pools) {
            for (Upstream member : pool.members()) {
                wanted.add(member);
                @Nullable ProbedUpstream known = probed.get(member);
                if (known != null) {
                    known.moveTo(pool);
                }
            }
        }
        drop(member -> !wanted.contains(member.upstream()));
        pools.forEach(UpstreamPool::review); // a member may have changed since its new pool was made
    }

    private void drop(UpstreamPool pool) {
        Set<Upstream> left = new HashSet<>(pool.members());
        drop(member -> member.isOf(pool) && !left.contains(member.upstream()));
    }

    private void drop(Predicate<ProbedUpstream> which) {
        List<ProbedUpstream> gone = probed.values().stream().filter(which).toList();
        gone.forEach(member -> {
            probed.remove(member.upstream());
            member.end();
        });
    }

    private List<ProbedUpstream> unknown(List<UpstreamPool> pools) {
        List<ProbedUpstream> found = new ArrayList<>();
        for (UpstreamPool pool : pools) {
            for (Upstream member : pool.members()) {
                // a name without an address is nobody to ask (PRB-14)
                if (member.socketAddress().isPresent() && !probed.containsKey(member)) {
                    ProbedUpstream added = new ProbedUpstream(pool, member);
                    probed.put(member, added);
                    found.add(added);
                }
            }
        }
        return found;
    }

    private void begin(List<ProbedUpstream> members) {
        for (int i = 0; i < members.size(); i++) {
            ProbedUpstream member = members.get(i);
            later(() -> begin(member), ProbeSchedule.firstDelay(i, members.size()));
        }
    }

    private void begin(ProbedUpstream member) {
        if (member.isOver()) {
            return;
        }
        ProbeExchange exchange = new ProbeExchange(member.request(), result -> later(() -> end(member, result), 0));
        long limit = member.timing().timeout().toNanos();
        ScheduledFuture<?> deadline = timer.schedule(() -> logged(exchange::expire), limit, TimeUnit.NANOSECONDS);
        member.begun(nanoTime.getAsLong(), exchange, deadline);
        wire.send(exchange);
    }

    // Only the end of a probe schedules the next one, so there are never two (PRB-12).
    private void end(ProbedUpstream member, ProbeResult result) {
        if (member.isOver()) {
            return;
        }
        long now = nanoTime.getAsLong();
        boolean isFirst = member.ended(result, Duration.ofNanos(now - member.started()));
        long wait = ProbeSchedule.nextDelay(member.started(), now, member.interval());
        later(() -> begin(member), isFirst ? ProbeSchedule.scattered(wait) : wait);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // logged() reports what the future would hide
    private void later(Runnable task, long delayNanos) {
        timer.schedule(() -> logged(task), delayNanos, TimeUnit.NANOSECONDS);
    }

    private static void logged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("probes: a task of the timer failed", e);
        }
    }

    /**
     * Waits until every member of some pools was probed once, or its name turned out to have no address.
     *
     * @param pools served or prepared
     * @param limit longest wait; never more than 5 s
     * @return false if the limit came first
     * @throws InterruptedException if interrupted
     */
    public boolean awaitFirstRound(List<UpstreamPool> pools, Duration limit) throws InterruptedException {
        Duration longest = limit.compareTo(LONGEST_FIRST_ROUND) < 0 ? limit : LONGEST_FIRST_ROUND;
        long deadline = System.nanoTime() + longest.toNanos();
        while (!isProbed(pools)) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private static boolean isProbed(List<UpstreamPool> pools) {
        return pools.stream()
                .allMatch(pool -> pool.members().stream()
                        .allMatch(member -> member.lastProbe().isPresent()));
    }

    /**
     * Whether the gateway may say that it is ready (PRB-11).
     *
     * @return true after one completed round, or 5 s after the start
     */
    public boolean isReady() {
        if (!wasReady) {
            wasReady = startedAt != null && (isProbed(served) || sinceStart() >= LONGEST_FIRST_ROUND.toNanos());
        }
        return wasReady;
    }

    private long sinceStart() {
        Long start = startedAt;
        return start == null ? 0 : nanoTime.getAsLong() - start;
    }

    /** Ends all probes. Health stays as it was last; no change is reported once this returns. */
    @Override
    public void close() {
        timer.shutdownNow();
        if (!own.awaitEnd(LONGEST_END)) {
            LOG.warn("probes: the timer thread did not end within {}", LONGEST_END);
        }
        List.copyOf(probed.values()).forEach(ProbedUpstream::end);
        wire.close();
    }
}
