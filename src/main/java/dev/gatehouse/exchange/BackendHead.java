package dev.gatehouse.exchange;

import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.routing.Route;
import dev.gatehouse.upstream.Upstream;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of the request that a backend gets: target, Host, the client's end-to-end fields and those that tell of the
 * client (REQ-33, REQ-39, REQ-41, REQ-42). Framing and upgrade fields are left to who sends it. Stateless.
 */
public final class BackendHead {
    private static final String IDENTITY = "x-msft-entra-identity";

    private BackendHead() {}

    /**
     * The request target: path, overridden where the settings say so, and the query as received.
     *
     * @param routed a request whose route is no redirect
     * @return origin form, still encoded
     */
    public static String target(Routed routed) {
        @Nullable RewrittenRequest rewritten = routed.rewritten();
        String path = PathOverride.apply(
                routed.settings().map(BackendHttpSettings::path).orElse(null),
                rewritten == null ? routed.path().forwarded() : rewritten.path(),
                routed.route().pattern());
        return withQuery(path, rewritten == null ? routed.request().query() : rewritten.query());
    }

    private static String withQuery(String path, @Nullable String query) {
        return query == null ? path : path + '?' + query;
    }

    /**
     * Writes Host and all other fields.
     *
     * @param routed a request whose route is no redirect
     * @param upstream the member it goes to
     * @param traceId id of the exchange
     * @param sink takes the fields
     */
    public static void write(Routed routed, Upstream upstream, String traceId, HeaderSink sink) {
        sink.add("Host", host(routed, upstream));
        @Nullable RewrittenRequest rewritten = routed.rewritten();
        if (rewritten == null) {
            writeFields(routed, traceId, sink);
        } else {
            rewritten.fields().writeTo(sink);
        }
    }

    /**
     * Writes all fields but Host, as they are before any rewrite (REQ-41).
     *
     * @param routed a request whose route is no redirect
     * @param traceId id of the exchange
     * @param sink takes the fields
     */
    public static void writeFields(Routed routed, String traceId, HeaderSink sink) {
        copyEndToEnd(routed, sink);
        writeForwarded(routed, traceId, sink);
        @Nullable String identity = routed.request().identity();
        if (identity != null) {
            sink.add(IDENTITY, identity);
        }
    }

    /**
     * Whether a request holds fields that are forwarded only if the local file allows their names (REQ-4).
     *
     * @param request a client's request
     * @return true if a name holds more than letters, digits and {@code -}
     */
    public static boolean hasUnusualFields(RequestView request) {
        Enumeration<String> names = request.headerNames();
        while (names.hasMoreElements()) {
            if (!isForwardable(names.nextElement())) {
                return true;
            }
        }
        return false;
    }

    /**
     * The Host that a backend is sent (REQ-39).
     *
     * @param routed a request whose route is no redirect
     * @param upstream the member it goes to
     * @return as it stands on the wire
     */
    public static String host(Routed routed, Upstream upstream) {
        @Nullable RewrittenRequest rewritten = routed.rewritten();
        if (rewritten != null && rewritten.host() != null) {
            return rewritten.host();
        }
        HostOverride override =
                routed.settings().map(BackendHttpSettings::hostOverride).orElse(HostOverride.NONE);
        String fixed = override.hostName();
        if (fixed != null) {
            return fixed;
        }
        if (override.pickFromBackendAddress()) {
            String name = upstream.address().host();
            return name.indexOf(':') >= 0 ? "[" + name + "]" : name;
        }
        return clientHost(routed);
    }

    private static String clientHost(Routed routed) {
        @Nullable String host = routed.request().header("Host");
        return host == null ? routed.host() : host; // HTTP/2 may carry :authority alone
    }

    // Where tokens are asked for, whom they name is for us to say, not for the client (REQ-16).
    private static void copyEndToEnd(Routed routed, HeaderSink sink) {
        Route route = routed.route();
        boolean isGuarded = route.rule().entraJwtValidationConfig() != null;
        boolean isLenient = route.forwarding().allowUnderscoreHeaders();
        List<String> named = HopByHop.namedIn(routed.request().headers("Connection"));
        routed.request().eachField((name, value) -> {
            if (passes(name, isLenient)
                    && !(isGuarded && name.equalsIgnoreCase(IDENTITY))
                    && (named.isEmpty() || !HopByHop.contains(named, name))) {
                sink.add(name, value);
            }
        });
    }

    private static boolean passes(String name, boolean isLenient) {
        return !HopByHop.isHopByHop(name) && !isOurs(name) && (isLenient || isForwardable(name));
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

    private static void writeForwarded(Routed routed, String traceId, HeaderSink sink) {
        RequestView request = routed.request();
        HttpListener listener = routed.route().listener();
        sink.add("X-Forwarded-For", forwardedFor(request));
        sink.add("X-Forwarded-Proto", listener.protocol().scheme());
        sink.add("X-Forwarded-Port", Integer.toString(listener.frontendPort().port()));
        sink.add("X-Original-Host", clientHost(routed));
        sink.add("X-Original-URL", withQuery(request.path(), request.query()));
        sink.add("X-AppGW-Trace-Id", traceId);
    }

    private static String forwardedFor(RequestView request) {
        String peer = HostText.join(request.remoteAddress(), request.remotePort());
        Enumeration<String> before = request.headers("X-Forwarded-For");
        if (!before.hasMoreElements()) {
            return peer;
        }
        StringBuilder all = new StringBuilder();
        while (before.hasMoreElements()) {
            String known = before.nextElement();
            if (!known.isEmpty()) {
                all.append(known).append(", ");
            }
        }
        return all.append(peer).toString();
    }
}
