package dev.gatehouse.exchange;

import dev.gatehouse.model.ClientLimits;
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
     * @param limits what clients may send
     * @return empty if rules may see it
     */
    public static Optional<ExchangeFailure> fault(RequestView request, ClientLimits limits) {
        @Nullable ExchangeFailure fault = methodFault(request.method());
        if (fault == null) {
            fault = targetFault(request, limits);
        }
        if (fault == null) {
            fault = fieldFault(request);
        }
        return Optional.ofNullable(fault == null ? framingFault(request, limits) : fault);
    }

    private static @Nullable ExchangeFailure methodFault(String method) {
        return switch (method) {
            case "GET", "POST" -> null; // nearly all
            case "TRACE" -> ExchangeFailure.METHOD_TRACE;
            case "CONNECT" -> ExchangeFailure.METHOD_REFUSED;
            default -> isMethod(method) ? null : ExchangeFailure.METHOD_MALFORMED;
        };
    }

    private static @Nullable ExchangeFailure targetFault(RequestView request, ClientLimits limits) {
        String path = request.path();
        @Nullable String query = request.query();
        if (path.length() + (query == null ? 0 : query.length() + 1) > limits.uriBytes()) {
            return ExchangeFailure.URI_TOO_LONG;
        }
        // RFC 9112 §3.2.4: the asterisk is for OPTIONS.
        if (!isTarget(path) || (query != null && !isTarget(query)) || isLoneAsterisk(path, request.method())) {
            return ExchangeFailure.TARGET_MALFORMED;
        }
        return hasBrokenEscape(path) ? ExchangeFailure.PATH_INVALID : null;
    }

    // No control, blank or byte beyond ASCII, and no fragment: on its way such a character becomes another one, perhaps
    // one that means something. What else RFC 3986 keeps out of URIs browsers send, and Azure passes it on.
    private static boolean isTarget(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127 || c == '#') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLoneAsterisk(String path, String method) {
        return path.equals("*") && !method.equals("OPTIONS");
    }

    private static @Nullable ExchangeFailure fieldFault(RequestView request) {
        // HTTP/2 without :authority and Host; containers refuse HTTP/1.1 without, and know a name for HTTP/1.0.
        if (request.serverName().isEmpty() && request.header("Host") == null) {
            return ExchangeFailure.HOST_MISSING;
        }
        @Nullable String expectation = request.header("Expect");
        // RFC 9110 §10.1.1: HTTP/1.0 knows no expectations.
        if (expectation != null
                && !expectation.equalsIgnoreCase("100-continue")
                && !request.protocol().equals("HTTP/1.0")) {
            return ExchangeFailure.EXPECTATION_UNKNOWN;
        }
        return hasSeveral(request.headers("Host")) || hasSeveral(request.headers("Authorization"))
                ? ExchangeFailure.FIELD_REPEATED
                : null;
    }

    private static @Nullable ExchangeFailure framingFault(RequestView request, ClientLimits limits) {
        @Nullable String coding = request.header("Transfer-Encoding");
        boolean hasLength = request.header("Content-Length") != null;
        if (coding != null) {
            return codingFault(request, coding, hasLength);
        }
        if (hasLength) {
            return lengthFault(request, limits);
        }
        // REQ-3; HTTP/2 frames a body without a field.
        return request.method().equals("POST") && request.protocol().startsWith("HTTP/1")
                ? ExchangeFailure.LENGTH_MISSING
                : null;
    }

    // RFC 9112 §6.1, §6.3: one coding, and it is chunked; a request with a length as well may be read as two by whoever
    // comes next, and one in HTTP/1.0 was framed by somebody who did not know the field.
    private static @Nullable ExchangeFailure codingFault(RequestView request, String coding, boolean hasLength) {
        boolean isChunked = coding.equalsIgnoreCase("chunked") && !hasSeveral(request.headers("Transfer-Encoding"));
        return isChunked && !hasLength && !request.protocol().equals("HTTP/1.0")
                ? null
                : ExchangeFailure.FRAMING_AMBIGUOUS;
    }

    private static @Nullable ExchangeFailure lengthFault(RequestView request, ClientLimits limits) {
        Enumeration<String> lengths = request.headers("Content-Length");
        while (lengths.hasMoreElements()) {
            if (!isNumber(lengths.nextElement())) {
                return ExchangeFailure.LENGTH_MALFORMED;
            }
        }
        if (hasSeveral(request.headers("Content-Length"))) {
            return ExchangeFailure.LENGTH_MALFORMED;
        }
        boolean isTooLong = limits.bodyBytes() > 0 && request.contentLength() > limits.bodyBytes();
        return isTooLong ? ExchangeFailure.BODY_TOO_LARGE : null;
    }

    // 18 digits are below the largest number; "+5" and "5, 5" are none (RFC 9110 §8.6 lets us refuse the latter).
    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 18;
    }

    static boolean isMethod(String method) {
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

    // RFC 3986 §2.1. Tomcat refuses it before us; a described request has no Tomcat before it.
    static boolean hasBrokenEscape(String path) {
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
