package dev.gatehouse.exchange;

import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.routing.Route;
import dev.gatehouse.routing.RouteTable;
import dev.gatehouse.upstream.UpstreamPool;
import java.util.List;

/**
 * Everything that serves one configuration. An exchange keeps the snapshot it began with; a reload makes a new one.
 * Immutable, but for the live state inside the pools.
 *
 * @param configuration what was read
 * @param routes its listeners, rules and path maps
 * @param pools the live pools, in the order of {@link RouteTable#forwards()}
 * @param tokens judges bearer tokens
 */
public record Snapshot(
        GatewayConfiguration configuration, RouteTable routes, List<UpstreamPool> pools, TokenChecks tokens) {
    public Snapshot {
        pools = List.copyOf(pools);
    }

    /**
     * A snapshot of a configuration that asks for no tokens.
     *
     * @param configuration what was read
     * @param routes its listeners, rules and path maps
     * @param pools the live pools
     */
    public Snapshot(GatewayConfiguration configuration, RouteTable routes, List<UpstreamPool> pools) {
        this(configuration, routes, pools, TokenChecks.NONE);
    }

    /**
     * The pool that a route leads to.
     *
     * @param route a route of this snapshot whose target is not a redirect
     * @return its live pool
     */
    public UpstreamPool poolOf(Route route) {
        return pools.get(route.forwardIndex());
    }
}
