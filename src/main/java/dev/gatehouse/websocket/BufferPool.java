package dev.gatehouse.websocket;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers of {@value #BUFFER_BYTES} bytes in which frames and TLS records are made. Held only while something is
 * being sent, so that a silent session owns none. Thread-safe, lock-free.
 */
final class BufferPool {
    /** Room for the largest TLS record and for a frame of 16 KiB with its header. */
    static final int BUFFER_BYTES = 20 * 1024;

    private static final int MAX_KEPT = 64;

    private final ConcurrentLinkedQueue<ByteBuffer> kept = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    ByteBuffer take() {
        @Nullable ByteBuffer buffer = kept.poll();
        if (buffer == null) {
            return ByteBuffer.allocateDirect(BUFFER_BYTES);
        }
        count.decrementAndGet();
        return buffer.clear();
    }

    void give(ByteBuffer buffer) {
        if (count.incrementAndGet() <= MAX_KEPT) {
            kept.offer(buffer);
        } else {
            count.decrementAndGet();
        }
    }
}
