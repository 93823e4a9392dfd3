package dev.gatehouse.model;

import java.time.Duration;
import java.util.List;

/**
 * Limits and habits of WebSocket sessions ({@code webSocket} of the local file). None of them switches WebSocket off
 * (WS-1). Immutable.
 *
 * @param mode how sessions are carried; default bridge
 * @param pingInterval time between the gateway's own pings (WS-35); 0 turns them off, default 30 s
 * @param idleTimeout longest silence of a session (WS-36); 0 turns it off, default 240 s
 * @param maxMessageBytes longest message (WS-32); 0, the default, means no limit
 * @param requestTimeoutAppliesToSession v2's habit of ending sessions after {@code requestTimeout} of silence (WS-20);
 *     default false
 * @param compression where permessage-deflate is negotiated (WS-41); default client
 * @param allowedOrigins Origin values let in (WS-16); empty, the default, lets all in
 */
public record WebSocketSettings(
        Mode mode,
        Duration pingInterval,
        Duration idleTimeout,
        long maxMessageBytes,
        boolean requestTimeoutAppliesToSession,
        Compression compression,
        List<String> allowedOrigins) {
    /** The defaults. */
    public static final WebSocketSettings DEFAULT = new WebSocketSettings(
            Mode.BRIDGE, Duration.ofSeconds(30), Duration.ofSeconds(240), 0, false, Compression.CLIENT, List.of());

    public WebSocketSettings {
        Durations.notNegative("webSocket.pingInterval", pingInterval);
        Durations.notNegative("webSocket.idleTimeout", idleTimeout);
        if (maxMessageBytes < 0) {
            throw new IllegalArgumentException("webSocket.maxMessageSize: " + maxMessageBytes + " (expected: >= 0)");
        }
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** How a session is carried. */
    public enum Mode {
        /** Two WebSocket sessions, messages passed between them. */
        BRIDGE,
        /** One handshake end to end, bytes passed untouched (WS-42). */
        RELAY
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
