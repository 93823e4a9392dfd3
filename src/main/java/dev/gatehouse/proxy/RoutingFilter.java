package dev.gatehouse.proxy;

import dev.gatehouse.exchange.CertificateChecks;
import dev.gatehouse.exchange.ErrorPage;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.RedirectLocation;
import dev.gatehouse.exchange.Routing;
import dev.gatehouse.exchange.ServletRequestView;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.Target;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.function.Supplier;

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
        Snapshot snapshot = snapshots.get();
        Routing routing = Routing.of(new ServletRequestView(request), snapshot.routes());
        if (routing instanceof Routing.Routed routed) {
            Exchange exchange = new Exchange(snapshot, request, response, routed);
            if (isLetIn(exchange)) {
                pass(exchange, chain);
            }
        } else if (routing instanceof Routing.Refused refused) {
            refusals.refuse(request, response, refused.failure());
        }
    }

    // TLS-31: the handshake takes anybody, so that who is not welcome hears why.
    private boolean isLetIn(Exchange exchange) throws IOException {
        HttpListener listener = exchange.route().listener();
        if (!listener.needsClientCertificate()) {
            return true;
        }
        CertificateChecks.Verdict verdict = exchange.snapshot()
                .certificates()
                .judge(listener, exchange.routed().request().tls().certificates());
        if (verdict.isLetIn()) {
            return true;
        }
        if (verdict.text().equals(CertificateChecks.Verdict.NONE_SHOWN)) {
            refusals.fail(exchange, ExchangeFailure.CLIENT_CERTIFICATE_MISSING, null);
        } else {
            CertificateException cause = new CertificateException(verdict.reason());
            refusals.fail(exchange, ExchangeFailure.CLIENT_CERTIFICATE_REFUSED, cause);
        }
        return false;
    }

    private static void pass(Exchange exchange, FilterChain chain) throws IOException, ServletException {
        if (exchange.route().target() instanceof Target.Redirect redirect) {
            answer(exchange, redirect.configuration());
        } else {
            chain.doFilter(exchange.clientRequest(), exchange.clientResponse());
        }
    }

    static void answer(Exchange exchange, RedirectConfiguration redirect) throws IOException {
        ErrorPage.redirect(
                exchange.clientResponse(),
                redirect.redirectType().status(),
                RedirectLocation.of(redirect, exchange.routed()),
                Refusals.namesServer(exchange.snapshot().configuration().gateway()));
    }
}
