package dev.gatehouse.observe;

import java.time.Duration;

/**
 * What became of a session, known when both of its sides are closed (WS-26). Immutable.
 *
 * @param start how it came about
 * @param closeCode first close code seen; 1006 for a connection that ended without
 * @param closeSource who closed first
 * @param messagesIn whole messages from the client
 * @param messagesOut whole messages to the client
 * @param receivedBytes payload from the client
 * @param sentBytes payload to the client
 * @param length time the session was open
 */
public record SessionEnd(
        SessionStart start,
        int closeCode,
        Side closeSource,
        long messagesIn,
        long messagesOut,
        long receivedBytes,
        long sentBytes,
        Duration length) {
    /** Who ended a session. */
    public enum Side {
        /** The client. */
        CLIENT,
        /** The backend. */
        SERVER,
        /** The gateway: a limit, a fault, or its own end. */
        GATEWAY
    }
}
