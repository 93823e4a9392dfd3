package dev.gatehouse.exchange;

import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.upstream.Upstream;

/**
 * Where a request or session came in and where it went: what a later configuration is asked about (config-model.md
 * section 9). Holds nothing of the configuration it came from but names. Immutable.
 *
 * @param listener name of the listener that took it
 * @param socket where that listener was open
 * @param protocol what it spoke
 * @param rule name of the rule
 * @param upstream the member
 */
public record Position(String listener, ListenAddress socket, Protocol protocol, String rule, Upstream upstream) {
    /**
     * The position of an exchange that has a member.
     *
     * @param exchange one that is being forwarded
     * @param upstream the member
     * @return its position
     */
    public static Position of(Exchange exchange, Upstream upstream) {
        HttpListener listener = exchange.route().listener();
        return new Position(
                listener.name(),
                exchange.snapshot().configuration().local().listen().addressOf(listener),
                listener.protocol(),
                exchange.route().rule().name(),
                upstream);
    }
}
