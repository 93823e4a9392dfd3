package dev.gatehouse.token;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.TokenChecks.Verdict;
import dev.gatehouse.model.EntraJwtValidationConfig;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Asks for a token where the rule does (step 7, REQ-16), WebSocket handshakes included. Thread-safe. */
public final class TokenFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    /** Ends an exchange without a good token. */
    @FunctionalInterface
    public interface Refusal {
        /**
         * Answers and logs.
         *
         * @param exchange the exchange; its answer has not begun
         * @param failure why it goes no further
         * @param cause what was thrown; null if nothing was
         * @throws IOException if the client cannot be written to
         */
        void refuse(Exchange exchange, ExchangeFailure failure, @Nullable Throwable cause) throws IOException;
    }

    private final transient Refusal refusal;

    /**
     * Creates the filter.
     *
     * @param refusal answers whom it does not let in
     */
    public TokenFilter(Refusal refusal) {
        this.refusal = refusal;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange exchange = Exchange.of(request);
        @Nullable EntraJwtValidationConfig config = exchange.route().rule().entraJwtValidationConfig();
        if (config == null || isLetIn(exchange, config)) {
            chain.doFilter(request, response);
        }
    }

    private boolean isLetIn(Exchange exchange, EntraJwtValidationConfig config) throws IOException {
        Verdict verdict;
        try {
            verdict = exchange.snapshot().tokens().judge(exchange.routed().request(), config);
        } catch (RuntimeException e) {
            refusal.refuse(exchange, ExchangeFailure.INTERNAL, e); // REQ-50; not even Allow lets in what broke us
            return false;
        }
        if (verdict instanceof Verdict.Identified identified) {
            exchange.identified(identified.identity(), identified.expires());
        } else if (verdict instanceof Verdict.Refused refused && config.deniesUnauthorized()) {
            refusal.refuse(exchange, refused.failure(), null);
            return false;
        }
        return true;
    }
}
