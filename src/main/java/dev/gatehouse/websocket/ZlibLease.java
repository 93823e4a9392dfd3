package dev.gatehouse.websocket;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The stream of one direction of a session: taken from the pool when a message begins, given back when it ends, or with
 * the session if the next message builds on it. {@link #begin} and {@link #finish} belong to one thread at a time; the end
 * of the session may come at any time from any thread, also while the stream is in use and its user waits for a peer: then
 * the user gives it back.
 *
 * @param <T> the kind of stream
 */
final class ZlibLease<T> {
    private static final int IDLE = 0;
    private static final int BUSY = 1;
    private static final int OVER = 2;
    private static final int BUSY_AND_OVER = 3;

    private final ZlibPool<T> pool;
    private final AtomicInteger state = new AtomicInteger(IDLE);
    private @Nullable T stream; // belongs to whoever made the state BUSY, or found it IDLE and made it OVER

    ZlibLease(ZlibPool<T> pool) {
        this.pool = pool;
    }

    /**
     * The stream, to work with until {@link #finish}.
     *
     * @throws ClosedChannelException if the session is over
     */
    T begin() throws ClosedChannelException {
        if (!state.compareAndSet(IDLE, BUSY)) {
            throw new ClosedChannelException();
        }
        T current = stream;
        if (current == null) {
            current = pool.take();
            stream = current;
        }
        return current;
    }

    /**
     * Ends the work that {@link #begin} began.
     *
     * @param isKept whether what follows builds on the stream
     */
    void finish(boolean isKept) {
        if (!isKept) {
            giveBack();
        }
        if (!state.compareAndSet(BUSY, IDLE)) {
            giveBack();
        }
    }

    /** The session is over; may be said more than once. */
    void release() {
        int before = state.getAndUpdate(now -> now == BUSY ? BUSY_AND_OVER : now == IDLE ? OVER : now);
        if (before == IDLE) {
            giveBack();
        }
    }

    private void giveBack() {
        T last = stream;
        stream = null;
        if (last != null) {
            pool.give(last);
        }
    }
}
