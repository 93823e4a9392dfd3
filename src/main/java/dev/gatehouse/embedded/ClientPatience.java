package dev.gatehouse.embedded;

import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import java.time.Duration;
import java.util.List;

/** The limits of one socket: those of the local file, as far as the gateway file does not say otherwise. Stateless. */
final class ClientPatience {
    private static final Duration V1_KEEP_ALIVE = Duration.ofMinutes(2); // REQ-5

    private ClientPatience() {}

    /**
     * Limits for the clients of a socket.
     *
     * @param configuration what is served
     * @param listeners the listeners of the socket, one at least
     */
    static ClientLimits of(GatewayConfiguration configuration, List<HttpListener> listeners) {
        ClientLimits limits = configuration.local().traffic().limits();
        boolean isDefault = limits.keepAliveTimeout().equals(ClientLimits.DEFAULT.keepAliveTimeout());
        Duration keepAlive = configuration.gateway().isV1() && isDefault ? V1_KEEP_ALIVE : limits.keepAliveTimeout();
        Duration idle = shortestIdle(listeners);
        return new ClientLimits(
                limits.uriBytes(),
                limits.headerBytes(),
                limits.bodyBytes(),
                limits.headerTimeout(),
                limits.bodyTimeout(),
                shorter(keepAlive, idle),
                shorter(limits.http2IdleTimeout(), idle),
                limits.http2Requests(),
                limits.connections());
    }

    // In Azure the load balancer before the gateway forgets a connection without traffic (REQ-5). Here nothing stands
    // there, so it bounds what waits for a client: the pause between requests. A request under way is bounded by the
    // settings' requestTimeout, a WebSocket session by its own limits.
    private static Duration shortestIdle(List<HttpListener> listeners) {
        Duration shortest = listeners.get(0).frontendIpConfiguration().idleTimeout();
        for (HttpListener listener : listeners) {
            shortest = shorter(shortest, listener.frontendIpConfiguration().idleTimeout());
        }
        return shortest;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
