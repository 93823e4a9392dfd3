package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * In which way a probe asks; Azure knows HTTP alone, the others come from the local file. Interval, time-out, threshold,
 * host and port are the probe's whatever it asks. Immutable.
 */
public sealed interface ProbeKind {
    /** As Azure asks; what applies where the local file is silent. */
    ProbeKind HTTP = new Http();

    /** A GET whose status, and perhaps body, is compared. */
    record Http() implements ProbeKind {}

    /** Healthy when the connection is made; with Https settings the TLS handshake too. */
    record Tcp() implements ProbeKind {}

    /**
     * Healthy when an opening handshake of RFC 6455 is accepted. The connection is closed at once.
     *
     * @param path path and query, starts with {@code /}; absent for that of the probe
     * @param subprotocol the one to offer, which the backend must choose; absent for none
     */
    record WebSocket(@Nullable String path, @Nullable String subprotocol) implements ProbeKind {
        public WebSocket {
            if (path != null && !path.startsWith("/")) {
                throw new IllegalArgumentException("path: " + path + " (expected: starts with /)");
            }
        }
    }
}
