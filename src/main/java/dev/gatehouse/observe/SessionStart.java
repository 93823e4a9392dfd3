package dev.gatehouse.observe;

import dev.gatehouse.exchange.BackendHead;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.upstream.Upstream;

/**
 * How a WebSocket session came about. Holds text alone, so that it outlives the configuration it came from. Immutable.
 *
 * @param traceId id of the exchange it began with
 * @param mode how it is carried: bridge or relay
 * @param gateway id of the gateway
 * @param listener name of the listener
 * @param rule name of the rule
 * @param pool name of the pool
 * @param settings name of the backend settings
 * @param backend the member it went to
 * @param clientIp address of the client
 * @param clientPort port of the client
 * @param requestUri path, after rewrites
 * @param host what the client asked for
 * @param subprotocol chosen by the backend, or empty
 */
public record SessionStart(
        String traceId,
        String mode,
        String gateway,
        String listener,
        String rule,
        String pool,
        String settings,
        String backend,
        String clientIp,
        int clientPort,
        String requestUri,
        String host,
        String subprotocol) {
    private static final int MAX_URI = 500; // kept as long as the session

    /**
     * The start of a session whose backend has accepted.
     *
     * @param exchange its handshake
     * @param upstream the member
     * @param mode how it is carried: bridge or relay
     * @param subprotocol chosen by the backend, or empty
     * @return what is known of it
     */
    public static SessionStart of(Exchange exchange, Upstream upstream, String mode, String subprotocol) {
        String target = BackendHead.target(exchange.routed());
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return new SessionStart(
                exchange.traceId(),
                mode,
                exchange.snapshot().configuration().gateway().id(),
                exchange.route().listener().name(),
                exchange.route().rule().name(),
                upstream.poolName(),
                exchange.pool().settings().name(),
                upstream.toString(),
                exchange.clientRequest().getRemoteAddr(),
                exchange.clientRequest().getRemotePort(),
                path.length() <= MAX_URI ? path : path.substring(0, MAX_URI) + "...",
                exchange.host(),
                subprotocol);
    }
}
