package dev.gatehouse.model;

import java.time.Duration;

/**
 * How the gateway ends when it is asked to ({@code shutdown} of the local file). Immutable.
 *
 * @param timeout longest wait for requests under way and for the goodbyes of WebSocket sessions, both together; 0 s to
 *     1 h, default 8 s
 */
public record ShutdownSettings(Duration timeout) {
    /** The longest that may be asked for. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** Eight seconds: below the ten that container engines wait before they kill. */
    public static final ShutdownSettings DEFAULT = new ShutdownSettings(Duration.ofSeconds(8));

    public ShutdownSettings {
        Durations.notNegative("shutdown.timeout", timeout);
        if (timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("shutdown.timeout: " + timeout + " (expected: <= " + LONGEST + ")");
        }
    }
}
