package dev.gatehouse.exchange;

import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.Target;
import dev.gatehouse.routing.RequestHost;
import dev.gatehouse.routing.RequestPath;
import dev.gatehouse.routing.Route;
import dev.gatehouse.routing.RouteTable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a request goes, or why it goes nowhere (steps 3-5, REQ-10 to REQ-23). Immutable. */
public sealed interface Routing {
    /**
     * A request that has a route.
     *
     * @param request the client's request
     * @param host its host, no port, lower case
     * @param path its path, as matched and as forwarded
     * @param route where it goes
     * @param rewritten what rewrites made of it; null if none touched it
     */
    record Routed(
            RequestView request,
            String host,
            RequestPath path,
            Route route,
            @Nullable RewrittenRequest rewritten) implements Routing {
        /**
         * A request that no rewrite touched.
         *
         * @param request the client's request
         * @param host its host, no port, lower case
         * @param path its path, as matched and as forwarded
         * @param route where it goes
         */
        public Routed(RequestView request, String host, RequestPath path, Route route) {
            this(request, host, path, route, null);
        }

        /**
         * The same request after its rewrites.
         *
         * @param next where it goes now
         * @param result what became of it
         * @return a copy
         */
        public Routed rewritten(Route next, RewrittenRequest result) {
            return new Routed(request, host, path, next, result);
        }

        /**
         * How the backends of its route are spoken to.
         *
         * @return the settings of its target; empty of a redirect, which has no backends
         */
        public Optional<BackendHttpSettings> settings() {
            return route.target() instanceof Target.Backends backends
                    ? Optional.of(backends.settings())
                    : Optional.empty();
        }
    }

    /**
     * A request that has none.
     *
     * @param failure why
     */
    record Refused(ExchangeFailure failure) implements Routing {}

    /**
     * Finds the route of a request.
     *
     * @param request a request that {@link RequestCheck} let pass
     * @param routes the routes in force
     * @return its route, or the reason for which it has none
     */
    static Routing of(RequestView request, RouteTable routes) {
        Optional<String> host = hostOf(request);
        if (host.isEmpty()) {
            return new Refused(ExchangeFailure.HOST_MALFORMED);
        }
        Optional<RequestPath> path = pathOf(request);
        if (path.isEmpty()) {
            return new Refused(ExchangeFailure.PATH_INVALID);
        }
        Optional<Route> route = routes.match(
                request.localAddress(),
                request.localPort(),
                host.get(),
                path.get().matched(),
                request);
        if (route.isEmpty()) {
            return new Refused(ExchangeFailure.NO_LISTENER);
        }
        return isMisdirected(request, route.get().listener(), routes)
                ? new Refused(ExchangeFailure.MISDIRECTED)
                : new Routed(request, host.get(), forwarded(path.get(), request, route.get()), route.get());
    }

    /** A connection made for a listener that lets anyone in must not lead to one that asks for a certificate (REQ-14). */
    private static boolean isMisdirected(RequestView request, HttpListener listener, RouteTable routes) {
        return listener.needsClientCertificate()
                && !routes.certified(request.localAddress(), request.localPort(), request.serverNameIndication())
                        .filter(listener::equals)
                        .isPresent();
    }

    /**
     * The host that listeners compare.
     *
     * @param request a client's request
     * @return empty if it is malformed
     */
    static Optional<String> hostOf(RequestView request) {
        @Nullable String header = request.header("Host");
        return RequestHost.of(header == null ? request.serverName() : header); // HTTP/1.0, HTTP/2 (REQ-10)
    }

    private static RequestPath forwarded(RequestPath path, RequestView request, Route route) {
        return route.forwarding().forwardNormalizedPath() ? path : path.forwardedAs(request.path()); // REQ-22
    }

    private static Optional<RequestPath> pathOf(RequestView request) {
        String raw = request.path();
        return raw.equals("*") ? Optional.of(new RequestPath("/", raw)) : RequestPath.of(raw);
    }
}
