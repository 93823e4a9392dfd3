package dev.gatehouse.upstream;

import dev.gatehouse.threads.OwnThreads;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that looks after connections to backends, however many settings there are. It is made when there is
 * something to look after. What it runs must not block. Thread-safe; closed by whoever made it.
 */
public final class BackendTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackendTimer.class);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final OwnThreads own = OwnThreads.named("gatehouse-backend-timer");
    private final OwnThreads listeners = OwnThreads.named("gatehouse-early-answer");
    private final ScheduledThreadPoolExecutor timer;

    /** Creates one without a thread. */
    public BackendTimer() {
        timer = new ScheduledThreadPoolExecutor(1, own);
        timer.setRemoveOnCancelPolicy(true); // or every upload that is over would be kept until its next check
        timer.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Has a thread of its own listen to a backend; it must end when the connection does. */
    void listen(Runnable task) {
        listeners.newThread(task).start();
    }

    /** Repeats a check until it is cancelled; a defect in it is logged and does not end it. */
    Future<?> every(Duration interval, Runnable check) {
        if (timer.isShutdown()) {
            return new FutureTask<>(() -> null);
        }
        return timer.scheduleWithFixedDelay(
                () -> logged(check), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void logged(Runnable check) {
        try {
            check.run();
        } catch (RuntimeException e) {
            LOG.error("looking after connections to backends failed", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (!own.awaitEnd(LONGEST_END) || !listeners.awaitEnd(LONGEST_END)) {
            LOG.warn("a thread that looks after connections to backends did not end within {}", LONGEST_END);
        }
    }
}
