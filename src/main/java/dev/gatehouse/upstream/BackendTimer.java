package dev.gatehouse.upstream;

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

    private final ScheduledThreadPoolExecutor timer;

    /** Creates one without a thread. */
    public BackendTimer() {
        timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "gatehouse-backend-timer"));
        timer.setRemoveOnCancelPolicy(true); // or every upload that is over would be kept until its next check
        timer.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
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
        try {
            if (!timer.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("the thread that looks after connections to backends did not end within 1 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
