package dev.gatehouse.exchange;

import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.routing.Route;
import dev.gatehouse.routing.RouteTable;
import dev.gatehouse.upstream.Distribution;
import dev.gatehouse.upstream.Selection;
import dev.gatehouse.upstream.UpstreamPool;
import java.util.List;

/**
 * Everything that serves one configuration. An exchange keeps the snapshot it began with; a reload makes a new one.
 * Immutable, but for the live state inside the pools.
 *
 * @param configuration what was read
 * @param routes its listeners, rules and path maps
 * @param pools the live pools, in the order of {@link RouteTable#forwards()}
 * @param selections who takes the requests of a target, in the order of {@link RouteTable#targets()}
 * @param certificates judges clients' certificates
 * @param tokens judges bearer tokens
 * @param rewrites its rewrite sets, compiled
 * @param errorPages pages for what fails
 */
public record Snapshot(
        GatewayConfiguration configuration,
        RouteTable routes,
        List<UpstreamPool> pools,
        List<Selection> selections,
        CertificateChecks certificates,
        TokenChecks tokens,
        RequestRewrites rewrites,
        ErrorPages errorPages) {
    public Snapshot {
        pools = List.copyOf(pools);
        selections = List.copyOf(selections);
    }

    /**
     * Joins the pools to what the targets lead to; no client is asked for a certificate.
     *
     * @param configuration what was read
     * @param routes its listeners, rules and path maps
     * @param pools the live pool of each pair of {@link RouteTable#forwards()}
     * @param tokens judges bearer tokens
     * @param rewrites its rewrite sets, compiled
     * @param errorPages pages for what fails
     */
    public Snapshot(
            GatewayConfiguration configuration,
            RouteTable routes,
            List<UpstreamPool> pools,
            TokenChecks tokens,
            RequestRewrites rewrites,
            ErrorPages errorPages) {
        this(configuration, routes, pools, CertificateChecks.NONE, tokens, rewrites, errorPages);
    }

    /**
     * Joins the pools to what the targets lead to.
     *
     * @param configuration what was read
     * @param routes its listeners, rules and path maps
     * @param pools the live pool of each pair of {@link RouteTable#forwards()}
     * @param certificates judges clients' certificates
     * @param tokens judges bearer tokens
     * @param rewrites its rewrite sets, compiled
     * @param errorPages pages for what fails
     */
    public Snapshot(
            GatewayConfiguration configuration,
            RouteTable routes,
            List<UpstreamPool> pools,
            CertificateChecks certificates,
            TokenChecks tokens,
            RequestRewrites rewrites,
            ErrorPages errorPages) {
        this(
                configuration,
                routes,
                pools,
                Distribution.of(routes.targets(), pools),
                certificates,
                tokens,
                rewrites,
                errorPages);
    }

    /**
     * The members that a route leads to.
     *
     * @param route a route of this snapshot whose target is not a redirect
     * @return a pool, or a distribution over several
     */
    public Selection poolOf(Route route) {
        return selections.get(route.forwardIndex());
    }
}
