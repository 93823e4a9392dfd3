package dev.gatehouse.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Bytes that were read and wait for their receiver, at most one read more than {@value #MAX_BYTES} bytes. Guarded by the
 * socket's lock.
 */
final class Inbox {
    /** Reading stops at this many bytes waiting, and goes on at half of it. */
    static final int MAX_BYTES = 64 * 1024;

    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>(2);
    private int waitingBytes;
    private int takenBytes;

    /** Keeps a copy: the loop's buffer is needed for the next socket. */
    void add(ByteBuffer bytes) {
        waitingBytes += bytes.remaining();
        waiting.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean isFull() {
        return waitingBytes >= MAX_BYTES;
    }

    boolean isHalfEmpty() {
        return waitingBytes <= MAX_BYTES / 2;
    }

    /** The oldest bytes. They count until the next call, for only then were they delivered. */
    ByteBuffer next() {
        ByteBuffer next = waiting.remove();
        delivered();
        takenBytes = next.remaining();
        return next;
    }

    /** What was taken is delivered. */
    void delivered() {
        waitingBytes -= takenBytes;
        takenBytes = 0;
    }
}
