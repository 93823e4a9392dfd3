package dev.gatehouse.proxy;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.InFlight;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The end of the chain: forwards every exchange that no filter before it took. Thread-safe. */
public final class ForwardFilter extends HttpFilter implements AutoCloseable {
    private static final long serialVersionUID = 1;

    private final transient Forwarder forwarder;
    private final transient Refusals refusals;

    /**
     * Creates the filter.
     *
     * @param refusals answers and logs what fails
     * @param inFlight knows what is being forwarded
     */
    public ForwardFilter(Refusals refusals, InFlight inFlight) {
        this.forwarder = new Forwarder(refusals, inFlight);
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        Exchange exchange = Exchange.of(request);
        try {
            forwarder.forward(exchange);
        } catch (RuntimeException e) {
            if (!refusals.fail(exchange, ExchangeFailure.INTERNAL, e)) { // REQ-50
                throw e;
            }
        }
    }

    /** The application is going: uploads end here, with 503 where there is no answer yet. Returns without waiting. */
    public void beginStop() {
        forwarder.beginStop();
    }

    /** Waits a moment for requests and ends its threads; the connections to backends must have been closed before. */
    @Override
    public void close() {
        forwarder.close();
    }
}
