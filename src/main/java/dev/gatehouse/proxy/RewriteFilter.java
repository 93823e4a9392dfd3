package dev.gatehouse.proxy;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.RequestRewrites.Outcome;
import dev.gatehouse.model.Target;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Runs the rewrite set of a request's route (step 9, REQ-28 to REQ-32). A request whose route has none passes at once;
 * WebSocket handshakes are rewritten like any request. Thread-safe.
 */
public final class RewriteFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient Refusals refusals;

    /**
     * Creates the filter.
     *
     * @param refusals answers and logs what cannot go on
     */
    public RewriteFilter(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange exchange = Exchange.of(request);
        if (exchange.route().rewriteRuleSet() == null || rewrite(exchange)) {
            chain.doFilter(request, response);
        }
    }

    /** Whether the exchange goes on to a backend; if not it was answered. */
    private boolean rewrite(Exchange exchange) throws IOException {
        try {
            Outcome outcome = exchange.snapshot().rewrites().apply(exchange.routed(), exchange.traceId());
            return outcome instanceof Outcome.Rewritten rewritten
                    ? follow(exchange, rewritten)
                    : refuse(exchange, ((Outcome.Failed) outcome).failure());
        } catch (RuntimeException e) {
            if (!refusals.fail(exchange, ExchangeFailure.INTERNAL, e)) { // REQ-50
                throw e;
            }
            return false;
        }
    }

    private static boolean follow(Exchange exchange, Outcome.Rewritten rewritten) throws IOException {
        exchange.rewritten(rewritten.routed(), rewritten.response());
        if (exchange.route().target() instanceof Target.Redirect redirect) { // REQ-32: led there by its new path
            RoutingFilter.answer(exchange, redirect.configuration());
            return false;
        }
        return true;
    }

    private boolean refuse(Exchange exchange, ExchangeFailure failure) throws IOException {
        refusals.fail(exchange, failure, null);
        return false;
    }
}
