package dev.gatehouse.websocket;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few milliseconds whether a loop's leader is stuck in a client that does not read, and has it replaced.
 * Sleeps while nothing happens. Thread-safe.
 */
final class StallWatch implements Runnable {
    private static final long LOOK_NANOS = 5_000_000;
    private static final int QUIET_LOOKS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);
    private volatile List<BackendLoop> loops = List.of();
    private volatile @Nullable Thread thread;
    private volatile boolean isAsleep;
    private volatile boolean isOpen = true;

    /** What it looks at from now on. */
    void watch(List<BackendLoop> watched) {
        loops = List.copyOf(watched);
    }

    /** Something began that may block. */
    void wake() {
        if (isAsleep) {
            isAsleep = false;
            LockSupport.unpark(thread);
        }
    }

    /** Ends its thread. */
    void stop() {
        isOpen = false;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        int quiet = 0;
        while (isOpen) {
            quiet = lookSafely() ? 0 : quiet + 1;
            if (quiet < QUIET_LOOKS) {
                LockSupport.parkNanos(this, LOOK_NANOS);
            } else {
                sleep();
                quiet = 0;
            }
        }
    }

    // Without this thread one slow client would stop all sessions of its loop, so it outlives a want of memory.
    private boolean lookSafely() {
        try {
            return look();
        } catch (RuntimeException | OutOfMemoryError e) {
            tell(e);
            return true;
        }
    }

    private static void tell(Throwable defect) {
        try {
            LOG.error("cannot replace a thread that waits for a slow client; will try again", defect);
        } catch (OutOfMemoryError e) {
            defect.addSuppressed(e); // there is no memory for a line either
        }
    }

    private boolean look() {
        boolean isBusy = false;
        long enteredBefore = System.nanoTime() - LOOK_NANOS;
        for (BackendLoop loop : loops) {
            isBusy |= loop.replaceStalled(enteredBefore);
        }
        return isBusy;
    }

    private void sleep() {
        isAsleep = true;
        if (lookSafely()) { // what began before the line above woke nobody
            isAsleep = false;
        }
        while (isAsleep && isOpen) {
            LockSupport.park(this);
        }
    }
}
