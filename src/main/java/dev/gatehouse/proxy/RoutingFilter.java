package dev.gatehouse.proxy;

import dev.gatehouse.exchange.ErrorPage;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.Target;
import dev.gatehouse.routing.RequestHost;
import dev.gatehouse.routing.RequestPath;
import dev.gatehouse.routing.Route;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request (steps 3-5, REQ-10 to REQ-23) and answers redirects (step 6). WebSocket handshakes pass
 * here like any request. Thread-safe.
 */
public final class RoutingFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient Supplier<Snapshot> snapshots;
    private final transient Refusals refusals;

    /**
     * Creates the filter.
     *
     * @param snapshots gives the configuration in force; asked once for each request
     * @param refusals answers and logs what has no route
     */
    public RoutingFilter(Supplier<Snapshot> snapshots, Refusals refusals) {
        this.snapshots = snapshots;
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> host = hostOf(request);
        if (host.isEmpty()) {
            refusals.refuse(request, response, ExchangeFailure.HOST_MALFORMED);
            return;
        }
        Optional<RequestPath> path = pathOf(request);
        if (path.isEmpty()) {
            refusals.refuse(request, response, ExchangeFailure.PATH_INVALID);
            return;
        }
        Snapshot snapshot = snapshots.get();
        Optional<Route> route = snapshot.routes()
                .match(
                        request.getLocalAddr(),
                        request.getLocalPort(),
                        host.get(),
                        path.get().matched());
        if (route.isEmpty()) {
            refusals.refuse(request, response, ExchangeFailure.NO_LISTENER);
            return;
        }
        Exchange exchange = new Exchange(snapshot, request, response, host.get(), path.get(), route.get());
        if (route.get().target() instanceof Target.Redirect redirect) {
            answer(exchange, redirect.configuration());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Optional<String> hostOf(HttpServletRequest request) {
        @Nullable String header = request.getHeader("Host");
        return RequestHost.of(header == null ? request.getServerName() : header); // HTTP/1.0, HTTP/2 (REQ-10)
    }

    private static Optional<RequestPath> pathOf(HttpServletRequest request) {
        String raw = request.getRequestURI();
        return raw.equals("*") ? Optional.of(new RequestPath("/", raw)) : RequestPath.of(raw);
    }

    private static void answer(Exchange exchange, RedirectConfiguration redirect) throws IOException {
        ErrorPage.redirect(
                exchange.clientResponse(),
                redirect.redirectType().status(),
                RedirectLocation.of(redirect, exchange),
                Refusals.namesServer(exchange.snapshot().configuration().gateway()));
    }
}
