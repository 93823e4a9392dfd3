package dev.gatehouse.proxy;

import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.RequestCheck;
import dev.gatehouse.exchange.ServletRequestView;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Refuses requests that no rule should ever see (REQ-3). Thread-safe. */
public final class RequestCheckFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient Refusals refusals;

    /**
     * Creates the filter.
     *
     * @param refusals answers and logs what is refused
     */
    public RequestCheckFilter(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<ExchangeFailure> failure = RequestCheck.fault(new ServletRequestView(request));
        if (failure.isPresent()) {
            refusals.refuse(request, response, failure.get());
        } else {
            chain.doFilter(request, response);
        }
    }
}
