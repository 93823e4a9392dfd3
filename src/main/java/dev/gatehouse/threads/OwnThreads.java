package dev.gatehouse.threads;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads of one part of the gateway and can wait until they are gone. An executor says that it has ended a
 * moment before its last thread has, and containers look for what an application left behind in just that moment. None
 * of the threads keeps the JVM alive. Thread-safe.
 */
public final class OwnThreads implements ThreadFactory {
    private final String name;
    private final boolean isNumbered;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Thread> made = ConcurrentHashMap.newKeySet();

    private OwnThreads(String name, boolean isNumbered) {
        this.name = name;
        this.isNumbered = isNumbered;
    }

    /**
     * Threads that all have one name.
     *
     * @param name begins with {@code gatehouse-}
     * @return none yet
     */
    public static OwnThreads named(String name) {
        return new OwnThreads(name, false);
    }

    /**
     * Threads that are counted from 1.
     *
     * @param prefix begins with {@code gatehouse-}; the number follows
     * @return none yet
     */
    public static OwnThreads numbered(String prefix) {
        return new OwnThreads(prefix, true);
    }

    @Override
    public Thread newThread(Runnable task) {
        made.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        Thread thread = new Thread(task, isNumbered ? name + count.incrementAndGet() : name);
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    /**
     * Waits until all of them are gone; whoever calls has told them to end. An interrupt ends the waiting and is kept.
     *
     * @param longest how long at most
     * @return false if one is left, other than the caller
     */
    public boolean awaitEnd(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        try {
            for (Thread thread : made) {
                long left = deadline - System.nanoTime();
                if (thread != Thread.currentThread() && left > 0) {
                    TimeUnit.NANOSECONDS.timedJoin(thread, left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return made.stream().noneMatch(thread -> thread != Thread.currentThread() && thread.isAlive());
    }
}
