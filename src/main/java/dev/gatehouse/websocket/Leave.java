package dev.gatehouse.websocket;

import org.jspecify.annotations.Nullable;

/**
 * When a session has to end, and what both sides are told then (WS-33). Immutable.
 *
 * @param nanos against {@link System#nanoTime}
 * @param status the Close
 * @param isForGood whether no later configuration takes it back
 */
record Leave(long nanos, CloseStatus status, boolean isForGood) {
    /** What counts after another one came: the first, unless a final one comes that is earlier. */
    static Leave first(@Nullable Leave set, Leave next) {
        if (set == null || next.isForGood && !set.isForGood && next.nanos - set.nanos < 0) {
            return next;
        }
        return set;
    }

    /** What is left when the configuration has a place for the session. */
    static @Nullable Leave afterAll(@Nullable Leave set) {
        return set == null || !set.isForGood ? null : set;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - nanos >= 0;
    }
}
