package dev.gatehouse.proxy;

import dev.gatehouse.exchange.ExchangeFailure;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Optional;

/**
 * Refuses requests that no rule should ever see (REQ-3). Containers refuse most of them themselves; here stands what
 * one of them lets through. Thread-safe.
 */
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
        Optional<ExchangeFailure> failure = check(request);
        if (failure.isPresent()) {
            refusals.refuse(request, response, failure.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Optional<ExchangeFailure> check(HttpServletRequest request) {
        String method = request.getMethod();
        if (method.equals("TRACE")) {
            return Optional.of(ExchangeFailure.METHOD_TRACE);
        }
        if (method.equals("CONNECT")) {
            return Optional.of(ExchangeFailure.METHOD_REFUSED);
        }
        if (!isMethod(method)) {
            return Optional.of(ExchangeFailure.METHOD_MALFORMED);
        }
        // RFC 9112 §6.3: a request with both may be read as two by whoever comes next. Tomcat drops the length and
        // closes
        // the connection after the answer, so there the request goes on, framed anew.
        if (request.getHeader("Transfer-Encoding") != null && request.getHeader("Content-Length") != null) {
            return Optional.of(ExchangeFailure.FRAMING_AMBIGUOUS);
        }
        if (hasSeveral(request.getHeaders("Host"))) {
            return Optional.of(ExchangeFailure.HOST_MISSING);
        }
        return hasSeveral(request.getHeaders("Authorization"))
                ? Optional.of(ExchangeFailure.FIELD_REPEATED)
                : Optional.empty();
    }

    private static boolean isMethod(String method) {
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 128;
            if (!letter && c != '-' && c != '_') {
                return false;
            }
        }
        return !method.isEmpty();
    }

    private static boolean hasSeveral(Enumeration<String> values) {
        if (!values.hasMoreElements()) {
            return false;
        }
        values.nextElement();
        return values.hasMoreElements();
    }
}
