package dev.gatehouse.proxy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Stands before all others: whatever breaks in one of them becomes a 500 with a trace id, the same in every container,
 * and never a stack trace (REQ-50). What {@code IOException} says is meant, such as a connection that is to be cut, and
 * passes. Thread-safe.
 */
public final class DefectFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient Refusals refusals;

    /**
     * Creates the filter.
     *
     * @param refusals answers and logs what broke
     */
    public DefectFilter(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException | StackOverflowError e) {
            if (response.isCommitted()) {
                throw e; // the container cuts the connection: nothing better can be said any more
            }
            refusals.broken(request, response, e);
        }
    }
}
