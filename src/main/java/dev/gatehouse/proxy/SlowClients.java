package dev.gatehouse.proxy;

import dev.gatehouse.threads.OwnThreads;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads behind response buffering (REQ-7): one that looks after long answers, and one more for each answer that is
 * being drained, at most {@value #MOST_DRAINS}; made when first needed. Thread-safe.
 */
final class SlowClients implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(1);
    private static final long CHECK_MILLIS = 200;
    private static final int MOST_DRAINS = 200;

    private final OwnThreads watches = OwnThreads.named("gatehouse-slow-clients");
    private final OwnThreads drainers = OwnThreads.named("gatehouse-drain");
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService drains;

    SlowClients() {
        timer = new ScheduledThreadPoolExecutor(1, watches);
        timer.setRemoveOnCancelPolicy(true);
        drains = new ThreadPoolExecutor(0, MOST_DRAINS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), drainers);
    }

    ScheduledFuture<?> check(Runnable task) {
        return timer.scheduleWithFixedDelay(task, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void start(Drain drain) {
        try {
            drains.execute(drain);
        } catch (RejectedExecutionException e) {
            drain.cancel(); // as many as may be: this client holds its backend a little longer
        }
    }

    /** Ends the threads. What is drained still must have been cut before, or it would be waited for. */
    @Override
    public void close() {
        timer.shutdownNow();
        drains.shutdownNow();
        if (!watches.awaitEnd(LONGEST_END) || !drainers.awaitEnd(LONGEST_END)) {
            LOG.warn("a thread that serves a slow client did not end within {}", LONGEST_END);
        }
    }
}
