package dev.gatehouse.websocket;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.Position;
import dev.gatehouse.model.WebSocketSettings.Mode;
import dev.gatehouse.observe.SessionEnd;
import dev.gatehouse.observe.SessionEnd.Side;
import dev.gatehouse.observe.SessionStart;
import dev.gatehouse.upstream.Upstream;
import java.time.Duration;
import java.util.Locale;

/**
 * What a session came from. Holds nothing of a configuration but names. Immutable.
 *
 * @param start what operators are told of it
 * @param position listener, rule and member; the member has the session in flight until it is released
 * @param generation number of the configuration in force then
 * @param startNanos when it began
 */
record SessionOrigin(SessionStart start, Position position, long generation, long startNanos) {
    static SessionOrigin of(Exchange exchange, Upstream upstream, Mode mode, String subprotocol, long generation) {
        return new SessionOrigin(
                SessionStart.of(exchange, upstream, mode.name().toLowerCase(Locale.ROOT), subprotocol),
                Position.of(exchange, upstream),
                generation,
                System.nanoTime());
    }

    Upstream backend() {
        return position.upstream();
    }

    String traceId() {
        return start.traceId();
    }

    SessionEnd ended(CloseStatus status, Side source, Traffic fromClient, Traffic fromBackend) {
        return new SessionEnd(
                start,
                status.code(),
                source,
                fromClient.messages(),
                fromBackend.messages(),
                fromClient.bytes(),
                fromBackend.bytes(),
                Duration.ofNanos(System.nanoTime() - startNanos));
    }
}
