package dev.gatehouse.exchange;

import java.util.Enumeration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds requests that no rule should ever see (REQ-3). Containers refuse most of them themselves; here stands what one
 * of them lets through. Stateless.
 */
public final class RequestCheck {
    private RequestCheck() {}

    /**
     * What is wrong with a request.
     *
     * @param request a client's request
     * @return empty if rules may see it
     */
    public static Optional<ExchangeFailure> fault(RequestView request) {
        String method = request.method();
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
        // closes the connection after the answer, so there the request goes on, framed anew.
        if (request.header("Transfer-Encoding") != null && request.header("Content-Length") != null) {
            return Optional.of(ExchangeFailure.FRAMING_AMBIGUOUS);
        }
        if (hasSeveral(request.headers("Host"))) {
            return Optional.of(ExchangeFailure.HOST_MISSING);
        }
        if (hasSeveral(request.headers("Authorization"))) {
            return Optional.of(ExchangeFailure.FIELD_REPEATED);
        }
        if (expectsOther(request)) {
            return Optional.of(ExchangeFailure.EXPECTATION_UNKNOWN);
        }
        return hasBrokenEscape(request.path()) ? Optional.of(ExchangeFailure.PATH_INVALID) : Optional.empty();
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

    // In an HTTP/1.0 request it means nothing (RFC 9110 §10.1.1).
    private static boolean expectsOther(RequestView request) {
        @Nullable String expectation = request.header("Expect");
        return expectation != null
                && !expectation.equalsIgnoreCase("100-continue")
                && !request.protocol().equals("HTTP/1.0");
    }

    // RFC 3986 §2.1. Tomcat refuses it before us; a described request has no Tomcat before it.
    private static boolean hasBrokenEscape(String path) {
        int percent = path.indexOf('%');
        while (percent >= 0) {
            if (percent + 2 >= path.length() || !isHex(path.charAt(percent + 1)) || !isHex(path.charAt(percent + 2))) {
                return true;
            }
            percent = path.indexOf('%', percent + 3);
        }
        return false;
    }

    private static boolean isHex(char c) {
        char lower = (char) (c | 0x20);
        return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f' && c < 128);
    }
}
