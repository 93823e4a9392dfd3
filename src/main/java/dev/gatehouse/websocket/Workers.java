package dev.gatehouse.websocket;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for what may block: sessions whose client is slow, and goodbyes. Made when needed, the one used last first;
 * when all {@value #MAX_THREADS} are busy, work waits. Thread-safe.
 */
final class Workers implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final int MAX_THREADS = 1024;

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final ThreadPoolExecutor pool;

    Workers(ThreadFactory threads) {
        pool = new ThreadPoolExecutor(
                0,
                MAX_THREADS,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                threads,
                (task, full) -> waiting.add(task));
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(() -> {
            run(task);
            runWaiting();
        });
        if (!waiting.isEmpty() && pool.getActiveCount() < MAX_THREADS) {
            pool.execute(this::runWaiting); // the last one may have ended just before the task began to wait
        }
    }

    private void runWaiting() {
        Runnable next = waiting.poll();
        while (next != null) {
            run(next);
            next = waiting.poll();
        }
    }

    // A defect in one session must not strand what waits behind it.
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a WebSocket session failed", e);
        }
    }

    @Override
    public void close() {
        pool.shutdown();
        waiting.clear();
    }
}
