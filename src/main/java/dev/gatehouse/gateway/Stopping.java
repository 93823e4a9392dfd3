package dev.gatehouse.gateway;

/**
 * An application that says goodbye while requests under way still finish. A launcher that owns the sockets closes them,
 * calls {@link #beginStop} at once, waits within one limit until nothing is under way and {@link #hasSessions} is false,
 * and only then destroys the context; which must not wait again, but cut what is left. Called by one thread at a time.
 */
public interface Stopping {
    /**
     * The gateway is going: sessions are told so with 1001 now, handshakes that come on kept connections get 503 from
     * here on, and one that is between its two sides ends with 1001 as well. Requests are served as ever. Returns
     * without waiting. Called once at most.
     */
    void beginStop();

    /**
     * Whether a WebSocket session has not ended yet.
     *
     * @return true until both sides of the last one are gone
     */
    boolean hasSessions();
}
