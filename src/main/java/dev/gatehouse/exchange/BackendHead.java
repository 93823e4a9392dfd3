package dev.gatehouse.exchange;

import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.upstream.Upstream;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of the request that a backend gets: target, Host, the client's end-to-end fields and those that tell of the
 * client (REQ-33, REQ-39, REQ-41, REQ-42). Framing and upgrade fields are left to who sends it. Stateless.
 */
public final class BackendHead {
    private BackendHead() {}

    /**
     * The request target: path, overridden where the settings say so, and the query as received.
     *
     * @param exchange a routed exchange
     * @return origin form, still encoded
     */
    public static String target(Exchange exchange) {
        String path = PathOverride.apply(
                exchange.pool().settings().path(),
                exchange.path().forwarded(),
                exchange.route().pattern());
        @Nullable String query = exchange.clientRequest().getQueryString();
        return query == null ? path : path + '?' + query;
    }

    /**
     * Writes Host and all other fields.
     *
     * @param exchange a routed exchange
     * @param upstream the member it goes to
     * @param sink takes the fields
     */
    public static void write(Exchange exchange, Upstream upstream, HeaderSink sink) {
        HttpServletRequest request = exchange.clientRequest();
        sink.add("Host", host(exchange, upstream));
        copyEndToEnd(request, sink);
        writeForwarded(exchange, request, sink);
    }

    // REQ-39, first that applies
    private static String host(Exchange exchange, Upstream upstream) {
        BackendHttpSettings settings = exchange.pool().settings();
        HostOverride override = settings.hostOverride();
        String fixed = override.hostName();
        if (fixed != null) {
            return fixed;
        }
        if (override.pickFromBackendAddress()) {
            String name = upstream.address().host();
            return name.indexOf(':') >= 0 ? "[" + name + "]" : name;
        }
        return clientHost(exchange);
    }

    private static String clientHost(Exchange exchange) {
        @Nullable String host = exchange.clientRequest().getHeader("Host");
        return host == null ? exchange.host() : host; // HTTP/2 may carry :authority alone
    }

    private static void copyEndToEnd(HttpServletRequest request, HeaderSink sink) {
        List<String> named = HopByHop.namedIn(request.getHeaders("Connection"));
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            if (passes(name) && (named.isEmpty() || !HopByHop.contains(named, name))) {
                Enumeration<String> values = request.getHeaders(name);
                while (values.hasMoreElements()) {
                    sink.add(name, values.nextElement());
                }
            }
        }
    }

    private static boolean passes(String name) {
        return !HopByHop.isHopByHop(name) && !isOurs(name) && isForwardable(name);
    }

    // Fields that we write ourselves: framing (REQ-43), Host, Expect (REQ-8) and what we tell of the client (REQ-41).
    private static boolean isOurs(String name) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("Host");
            case 6 -> name.equalsIgnoreCase("Expect");
            case 14 -> name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("X-Original-URL");
            case 15 -> name.equalsIgnoreCase("X-Forwarded-For") || name.equalsIgnoreCase("X-Original-Host");
            case 16 -> name.equalsIgnoreCase("X-Forwarded-Port") || name.equalsIgnoreCase("X-AppGW-Trace-Id");
            case 17 -> name.equalsIgnoreCase("X-Forwarded-Proto");
            case 23 -> name.equalsIgnoreCase("X-Azure-JA4-Fingerprint");
            default -> false;
        };
    }

    // REQ-4: letters, digits and '-' only; an underscore would become a '-' in many backends and shadow a real field.
    private static boolean isForwardable(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 128;
            if (!letter && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static void writeForwarded(Exchange exchange, HttpServletRequest request, HeaderSink sink) {
        HttpListener listener = exchange.route().listener();
        sink.add("X-Forwarded-For", forwardedFor(request));
        sink.add("X-Forwarded-Proto", listener.protocol().scheme());
        sink.add("X-Forwarded-Port", Integer.toString(listener.frontendPort().port()));
        sink.add("X-Original-Host", clientHost(exchange));
        sink.add("X-Original-URL", originalUrl(request));
        sink.add("X-AppGW-Trace-Id", exchange.traceId());
    }

    private static String forwardedFor(HttpServletRequest request) {
        String peer = HostText.join(request.getRemoteAddr(), request.getRemotePort());
        Enumeration<String> before = request.getHeaders("X-Forwarded-For");
        if (!before.hasMoreElements()) {
            return peer;
        }
        StringBuilder all = new StringBuilder();
        while (before.hasMoreElements()) {
            all.append(before.nextElement()).append(", ");
        }
        return all.append(peer).toString();
    }

    private static String originalUrl(HttpServletRequest request) {
        @Nullable String query = request.getQueryString();
        String path = request.getRequestURI();
        return query == null ? path : path + '?' + query;
    }
}
