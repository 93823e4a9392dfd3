package dev.gatehouse.websocket;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.model.WebSocketSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The limits of one session, in nanoseconds; 0 means none. Immutable.
 *
 * @param idleNanos silence after which both sides get 1001 (WS-36)
 * @param cutNanos silence after which both connections are cut without a word (WS-20)
 * @param pingNanos time between pings to the backend (WS-35)
 * @param maxMessageBytes longest message (WS-32)
 * @param expiryNanos when, against {@link System#nanoTime}, the token ends that let it in, if that ends it too
 */
record BridgeLimits(long idleNanos, long cutNanos, long pingNanos, long maxMessageBytes, Optional<Long> expiryNanos) {
    static final CloseStatus TOKEN_ENDED = new CloseStatus(CloseCode.POLICY_VIOLATION, "token has expired");

    static BridgeLimits of(WebSocketSettings settings, Exchange exchange) {
        Duration requestTimeout = exchange.pool().settings().requestTimeout();
        return new BridgeLimits(
                settings.idleTimeout().toNanos(),
                settings.requestTimeoutAppliesToSession() ? requestTimeout.toNanos() : 0,
                settings.pingInterval().toNanos(),
                settings.maxMessageBytes(),
                settings.endWithToken() ? exchange.tokenEnd().map(BridgeLimits::nanosAt) : Optional.empty());
    }

    private static long nanosAt(Instant end) {
        long most = Long.MAX_VALUE / 4;
        Duration left = Duration.between(Instant.now(), end);
        return System.nanoTime() + (left.toSeconds() > most / 1_000_000_000 ? most : left.toNanos());
    }

    boolean isExpired(long nowNanos) {
        return expiryNanos.isPresent() && nowNanos - expiryNanos.get() >= 0;
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
