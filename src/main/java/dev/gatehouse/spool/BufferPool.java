package dev.gatehouse.spool;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Copy buffers of 64 KiB, kept for the next body: with small ones a large body costs twice the system calls, and new
 * ones would be most of what the gateway allocates. At most {@value #MAX_KEPT} are kept. Thread-safe, lock-free.
 */
public final class BufferPool {
    static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAX_KEPT = 64;

    private final ConcurrentLinkedQueue<byte[]> kept = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /**
     * Takes one; its content is whatever the last user left.
     *
     * @return a buffer of 64 KiB
     */
    public byte[] take() {
        byte @Nullable [] buffer = kept.poll();
        if (buffer == null) {
            return new byte[BUFFER_BYTES];
        }
        count.decrementAndGet();
        return buffer;
    }

    /**
     * Gives one back.
     *
     * @param buffer taken from here; not used by the caller any more
     */
    public void give(byte[] buffer) {
        if (count.incrementAndGet() <= MAX_KEPT) {
            kept.offer(buffer);
        } else {
            count.decrementAndGet();
        }
    }
}
