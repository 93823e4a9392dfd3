package dev.gatehouse.exchange;

import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.upstream.Upstream;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client's request says about WebSocket, and what the backend is asked then (RFC 6455 §4.1, §4.2.1, WS-10 to
 * WS-17). Stateless.
 */
public final class WebSocketHandshake {
    private static final String OWN_PREFIX = "sec-websocket-";
    private static final int KEY_BYTES = 16;
    private static final int KEY_CHARACTERS = 24;

    private WebSocketHandshake() {}

    /**
     * Whether a request asks for WebSocket; anything else is plain HTTP (WS-10).
     *
     * @param request a client's request
     * @return true for GET of HTTP/1.1 with both upgrade fields
     */
    public static boolean isAskedBy(RequestView request) {
        return request.header("Upgrade") != null // most requests end here
                && request.method().equals("GET")
                && request.protocol().equals("HTTP/1.1")
                && HeaderTokens.contain(values(request, "Upgrade"), "websocket")
                && HeaderTokens.contain(values(request, "Connection"), "upgrade");
    }

    /**
     * What is wrong with a request as a handshake, before any rule sees it (WS-11, WS-17).
     *
     * @param request a client's request
     * @return empty if it is a good handshake, or none at all
     */
    public static Optional<ExchangeFailure> fault(RequestView request) {
        if (isAskedBy(request)) {
            return faultOfHandshake(request);
        }
        // RFC 9113 §8.2.2: connections are not upgraded in HTTP/2.
        boolean isUpgradeInHttp2 = request.protocol().startsWith("HTTP/2") && request.header("Upgrade") != null;
        return isUpgradeInHttp2 ? Optional.of(ExchangeFailure.HANDSHAKE_MALFORMED) : Optional.empty();
    }

    private static Optional<ExchangeFailure> faultOfHandshake(RequestView request) {
        if (!values(request, "Sec-WebSocket-Version").equals(List.of("13"))) {
            return Optional.of(ExchangeFailure.HANDSHAKE_VERSION);
        }
        List<String> keys = values(request, "Sec-WebSocket-Key");
        boolean isKeyed = keys.size() == 1 && isKey(keys.get(0).strip());
        return isKeyed && !hasBody(request) ? Optional.empty() : Optional.of(ExchangeFailure.HANDSHAKE_MALFORMED);
    }

    private static boolean hasBody(RequestView request) {
        return request.contentLength() > 0 || request.header("Transfer-Encoding") != null;
    }

    /**
     * Whether a client's key is the Base64 form of 16 bytes (RFC 6455 §4.1).
     *
     * @param key value of {@code Sec-WebSocket-Key}, without blanks around it
     * @return true if it is
     */
    public static boolean isKey(String key) {
        if (key.length() != KEY_CHARACTERS) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The subprotocols a client offers (WS-40).
     *
     * @param request a handshake
     * @return in the client's order
     */
    public static List<String> subprotocols(RequestView request) {
        return HeaderTokens.of(values(request, "Sec-WebSocket-Protocol"));
    }

    /**
     * Whether the list of origins lets a handshake in (WS-16).
     *
     * @param request a handshake
     * @param allowed Origin values let in; empty lets in all
     * @return false if it must be refused
     */
    public static boolean isOriginAllowed(RequestView request, List<String> allowed) {
        if (allowed.isEmpty()) {
            return true;
        }
        @Nullable String origin = request.header("Origin");
        if (origin == null) {
            return false;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        return allowed.stream().anyMatch(each -> each.toLowerCase(Locale.ROOT).equals(lower));
    }

    /**
     * Writes the fields of the handshake that a backend gets (WS-13): those of any request, without the client's
     * {@code Sec-WebSocket-*}, which belong to its own hop, then our own.
     *
     * @param routed a handshake that has a route
     * @param upstream the member it goes to
     * @param traceId id of the exchange
     * @param key a fresh key
     * @param sink takes the fields
     */
    public static void writeHead(Routed routed, Upstream upstream, String traceId, String key, HeaderSink sink) {
        BackendHead.write(routed, upstream, traceId, (name, value) -> {
            if (!name.regionMatches(true, 0, OWN_PREFIX, 0, OWN_PREFIX.length())) {
                sink.add(name, value);
            }
        });
        sink.add("Upgrade", "websocket");
        sink.add("Connection", "Upgrade");
        sink.add("Sec-WebSocket-Version", "13");
        sink.add("Sec-WebSocket-Key", key);
        List<String> offered = subprotocols(routed.request());
        if (!offered.isEmpty()) {
            sink.add("Sec-WebSocket-Protocol", String.join(", ", offered)); // WS-40
        }
    }

    /**
     * Writes the fields of the client's own handshake, as a backend gets it when both are to agree end to end (WS-42).
     *
     * @param routed a handshake that has a route
     * @param upstream the member it goes to
     * @param traceId id of the exchange
     * @param sink takes the fields
     */
    public static void writeRelayedHead(Routed routed, Upstream upstream, String traceId, HeaderSink sink) {
        BackendHead.write(routed, upstream, traceId, sink);
        sink.add("Upgrade", "websocket");
        sink.add("Connection", "Upgrade");
    }

    private static List<String> values(RequestView request, String name) {
        return Collections.list(request.headers(name));
    }
}
