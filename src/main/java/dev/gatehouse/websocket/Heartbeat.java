package dev.gatehouse.websocket;

import java.time.Duration;
import java.util.Optional;

/**
 * When to ask a side for a sign of life, and when to give it up (WS-35). Asked by the loop; answers come from
 * delivery. Thread-safe.
 */
final class Heartbeat {
    private final long intervalNanos;
    private volatile long lastPingNanos;
    private volatile long waitingSinceNanos;
    private volatile long lastSignNanos;
    private volatile boolean isWaiting;
    private volatile long rttNanos = -1;

    /**
     * Creates one.
     *
     * @param intervalNanos time between two pings; 0 for none
     */
    Heartbeat(long intervalNanos, long nowNanos) {
        this.intervalNanos = intervalNanos;
        this.lastPingNanos = nowNanos;
        this.lastSignNanos = nowNanos;
    }

    /** Whether a ping should be sent now; counted as sent. */
    boolean isDue(long nowNanos) {
        if (intervalNanos == 0 || nowNanos - lastPingNanos < intervalNanos) {
            return false;
        }
        lastPingNanos = nowNanos;
        if (!isWaiting) {
            waitingSinceNanos = nowNanos;
            isWaiting = true;
        }
        return true;
    }

    /** A pong came; tells whether one was waited for. */
    boolean answered() {
        if (!isWaiting) {
            return false;
        }
        rttNanos = System.nanoTime() - lastPingNanos;
        isWaiting = false;
        return true;
    }

    /** Something else came: a side in the midst of a long frame cannot answer, but lives. */
    void sign(long nowNanos) {
        lastSignNanos = nowNanos;
    }

    /** No pong can come now, and that says nothing. */
    void excused() {
        isWaiting = false;
    }

    /** From the last ping to its pong; empty if there was none. */
    Optional<Duration> rtt() {
        long last = rttNanos;
        return last < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(last));
    }

    /** Whether two intervals have passed since a ping that nothing answered, without any other sign. */
    boolean isDead(long nowNanos) {
        return isWaiting
                && nowNanos - waitingSinceNanos > 2 * intervalNanos
                && nowNanos - lastSignNanos > 2 * intervalNanos;
    }
}
