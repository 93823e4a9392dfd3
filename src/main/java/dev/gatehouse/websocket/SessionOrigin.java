package dev.gatehouse.websocket;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.Position;
import dev.gatehouse.model.HostText;
import dev.gatehouse.upstream.Upstream;

/**
 * What a session came from. Holds nothing of a configuration but names. Immutable.
 *
 * @param traceId id of the exchange
 * @param position listener, rule and member; the member has the session in flight until it is released
 * @param pool name of the pool
 * @param client address and port of the client
 * @param subprotocol chosen by the backend, or empty
 * @param generation number of the configuration in force then
 */
record SessionOrigin(
        String traceId, Position position, String pool, String client, String subprotocol, long generation) {
    static SessionOrigin of(Exchange exchange, Upstream upstream, String subprotocol, long generation) {
        return new SessionOrigin(
                exchange.traceId(),
                Position.of(exchange, upstream),
                upstream.poolName(),
                HostText.join(
                        exchange.clientRequest().getRemoteAddr(),
                        exchange.clientRequest().getRemotePort()),
                subprotocol,
                generation);
    }

    Upstream backend() {
        return position.upstream();
    }
}
