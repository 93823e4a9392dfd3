package dev.gatehouse.health;

import dev.gatehouse.upstream.UpstreamPool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes every member of every given pool on its own schedule, and tells each change of health to its
 * {@link UpstreamPool} (PRB-1 to PRB-14, PRB-16). However many members there are, it has one timer thread, one socket
 * thread, and two threads at most for name look-ups; all are gone after {@link #close}.
 *
 * <p>A member whose name cannot be resolved becomes Unknown at once and takes no traffic until it answers again.
 *
 * <p>Thread-safe; started once and closed once.
 */
public final class ProbeExecutor implements AutoCloseable {
    /** The gateway counts as ready after this time even if a first probe is still on its way (PRB-11). */
    public static final Duration LONGEST_FIRST_ROUND = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ProbeExecutor.class);

    private final List<ProbedUpstream> members;
    private final LongSupplier nanoTime;
    private final ProbeWire wire = new ProbeWire();
    private final ScheduledThreadPoolExecutor timer;
    private final CountDownLatch firstRound;
    private volatile @Nullable Long startedAt;

    /**
     * Creates one that does nothing until {@link #start}.
     *
     * @param pools each (pool, settings) pair once (PRB-1)
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public ProbeExecutor(List<UpstreamPool> pools, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.members = pools.stream()
                .flatMap(pool -> pool.members().stream().map(upstream -> new ProbedUpstream(pool, upstream)))
                .toList();
        this.firstRound = new CountDownLatch(members.size());
        this.timer = new ScheduledThreadPoolExecutor(1, ProbeThreads.named("gatehouse-probe-timer"));
        timer.setRemoveOnCancelPolicy(true);
        // A probe that close() cuts reports its end to a timer that is gone; nobody wants to know.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Starts the first round (PRB-11). */
    public void start() {
        startedAt = nanoTime.getAsLong();
        wire.start();
        for (int i = 0; i < members.size(); i++) {
            ProbedUpstream member = members.get(i);
            later(() -> begin(member), ProbeSchedule.firstDelay(i, members.size()));
        }
    }

    private void begin(ProbedUpstream member) {
        if (member.isDraining()) {
            if (!member.wasProbed()) {
                firstRound.countDown();
            }
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
        long now = nanoTime.getAsLong();
        Duration interval = member.timing().interval();
        later(() -> begin(member), ProbeSchedule.nextDelay(member.started(), now, interval));
        if (member.ended(result)) {
            firstRound.countDown();
        }
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
     * Waits until every member was probed once, or 5 s have passed since the start, whichever is first.
     *
     * @param limit longest wait, if shorter
     * @return {@link #isReady}
     * @throws InterruptedException if interrupted
     */
    public boolean awaitFirstRound(Duration limit) throws InterruptedException {
        long left = LONGEST_FIRST_ROUND.toNanos() - sinceStart();
        return firstRound.await(Math.min(limit.toNanos(), left), TimeUnit.NANOSECONDS) || isReady();
    }

    /**
     * Whether the gateway may say that it is ready (PRB-11).
     *
     * @return true after one completed round, or 5 s after the start
     */
    public boolean isReady() {
        return firstRound.getCount() == 0 || sinceStart() >= LONGEST_FIRST_ROUND.toNanos();
    }

    private long sinceStart() {
        Long start = startedAt;
        return start == null ? 0 : nanoTime.getAsLong() - start;
    }

    /** Ends all probes. Health stays as it was last; no change is reported once this returns. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(ProbeThreads.LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("probes: the timer thread did not end within {}", ProbeThreads.LONGEST_END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the rest closes all the same, without waiting
        }
        members.forEach(ProbedUpstream::cut);
        wire.close();
    }
}
