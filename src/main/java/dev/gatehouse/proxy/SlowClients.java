package dev.gatehouse.proxy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads behind response buffering (REQ-7): one that looks after long answers, and one more for each answer that is
 * being drained, at most {@value #MOST_DRAINS}; made when first needed. Thread-safe.
 */
final class SlowClients implements AutoCloseable {
    private static final long CHECK_MILLIS = 200;
    private static final int MOST_DRAINS = 200;

    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService drains;

    SlowClients() {
        timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "gatehouse-slow-clients"));
        timer.setRemoveOnCancelPolicy(true);
        drains = new ThreadPoolExecutor(
                0,
                MOST_DRAINS,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, "gatehouse-drain"));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
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

    @Override
    public void close() {
        timer.shutdownNow();
        drains.shutdownNow();
    }
}
