package dev.gatehouse.websocket;

import dev.gatehouse.model.WebSocketSettings;
import java.time.Duration;

/**
 * The limits of one session, in nanoseconds; 0 means none. Immutable.
 *
 * @param idleNanos silence after which both sides get 1001 (WS-36)
 * @param cutNanos silence after which both connections are cut without a word (WS-20)
 * @param pingNanos time between pings to the backend (WS-35)
 * @param maxMessageBytes longest message (WS-32)
 */
record BridgeLimits(long idleNanos, long cutNanos, long pingNanos, long maxMessageBytes) {
    static BridgeLimits of(WebSocketSettings settings, Duration requestTimeout) {
        return new BridgeLimits(
                settings.idleTimeout().toNanos(),
                settings.requestTimeoutAppliesToSession() ? requestTimeout.toNanos() : 0,
                settings.pingInterval().toNanos(),
                settings.maxMessageBytes());
    }

    boolean isCutDue(long silentNanos) {
        return cutNanos > 0 && silentNanos >= cutNanos;
    }

    boolean isIdle(long silentNanos) {
        return idleNanos > 0 && silentNanos >= idleNanos;
    }

    boolean isTooLong(long messageBytes) {
        return maxMessageBytes > 0 && messageBytes > maxMessageBytes;
    }
}
