package dev.gatehouse.observe;

import org.jspecify.annotations.Nullable;

/**
 * A WebSocket session that opened or is over. Immutable.
 *
 * @param millis when, milliseconds since 1970
 * @param start how it came about
 * @param end what became of it; null while it is open
 */
record SessionLine(
        long millis, SessionStart start, @Nullable SessionEnd end) {
    /** Status of its handshake. */
    static final int STATUS = 101;
}
