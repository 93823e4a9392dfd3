package dev.gatehouse.proxy;

import dev.gatehouse.exchange.AccessRecord;
import dev.gatehouse.observe.RequestObserver;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands around all others that serve traffic and reports each request when it is over (OBS-1). Thread-safe. */
public final class AccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);

    private final transient RequestObserver observer;

    /**
     * Creates the filter.
     *
     * @param observer hears of each request
     */
    public AccessFilter(RequestObserver observer) {
        this.observer = observer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        AccessRecord record = AccessRecord.begin(request);
        try {
            chain.doFilter(request, response);
        } finally {
            report(record, request, response);
        }
    }

    private void report(AccessRecord record, HttpServletRequest request, HttpServletResponse response) {
        try {
            observer.finished(record, request, response);
        } catch (RuntimeException e) {
            LOG.error("a request could not be reported; it was answered all the same", e);
        }
    }
}
