package dev.gatehouse.model;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Limits and habits of WebSocket sessions ({@code webSocket} of the local file). None of them switches WebSocket off
 * (WS-1). Immutable.
 *
 * @param mode how sessions are carried; default bridge
 * @param modes the same for single backend settings, by their names in lower case
 * @param pingInterval time between the gateway's own pings (WS-35); 0 turns them off, default 30 s
 * @param idleTimeout longest silence of a session (WS-36); 0 turns it off, default 240 s
 * @param maxMessageBytes longest message (WS-32); 0, the default, means no limit
 * @param requestTimeoutAppliesToSession v2's habit of ending sessions after {@code requestTimeout} of silence (WS-20);
 *     default false
 * @param compression where permessage-deflate is negotiated (WS-41); default client
 * @param whenUnhealthy what becomes of the sessions of a member that turns unhealthy, by pool names in lower case; where
 *     a pool is not named, {@link Unhealthy#DRAIN} if its settings have connection draining, else
 *     {@link Unhealthy#KEEP} (WS-33)
 * @param endWithToken whether a session ends, with 1008, when the token ends that let it in; default false
 * @param allowedOrigins Origin values let in (WS-16); empty, the default, lets all in
 */
public record WebSocketSettings(
        Mode mode,
        Map<String, Mode> modes,
        Duration pingInterval,
        Duration idleTimeout,
        long maxMessageBytes,
        boolean requestTimeoutAppliesToSession,
        Compression compression,
        Map<String, Unhealthy> whenUnhealthy,
        boolean endWithToken,
        List<String> allowedOrigins) {
    /** The defaults. */
    public static final WebSocketSettings DEFAULT = new WebSocketSettings(
            Mode.BRIDGE,
            Map.of(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(240),
            0,
            false,
            Compression.CLIENT,
            Map.of(),
            false,
            List.of());

    public WebSocketSettings {
        Durations.notNegative("webSocket.pingInterval", pingInterval);
        Durations.notNegative("webSocket.idleTimeout", idleTimeout);
        if (maxMessageBytes < 0) {
            throw new IllegalArgumentException("webSocket.maxMessageSize: " + maxMessageBytes + " (expected: >= 0)");
        }
        modes = Map.copyOf(modes);
        whenUnhealthy = Map.copyOf(whenUnhealthy);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /**
     * How the sessions of one backend are carried.
     *
     * @param settingsName name of its backend settings
     * @return its own mode, or that of all
     */
    public Mode modeOf(String settingsName) {
        return modes.isEmpty() ? mode : modes.getOrDefault(settingsName.toLowerCase(Locale.ROOT), mode);
    }

    /** How a session is carried. */
    public enum Mode {
        /** Two WebSocket sessions, messages passed between them. */
        BRIDGE,
        /** One handshake end to end, bytes passed untouched (WS-42). */
        RELAY
    }

    /** What becomes of sessions whose member turns unhealthy. */
    public enum Unhealthy {
        /** They go on. */
        KEEP,
        /** They go on for the drain time-out, and end if the member is unhealthy still. */
        DRAIN,
        /** They end at once, spread over a few seconds. */
        CLOSE
    }

    /** On which hops permessage-deflate may be negotiated. */
    public enum Compression {
        /** Nowhere. */
        OFF,
        /** With clients that offer it. */
        CLIENT,
        /** With clients and backends. */
        BOTH
    }
}
