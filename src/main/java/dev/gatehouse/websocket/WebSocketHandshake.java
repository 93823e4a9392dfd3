package dev.gatehouse.websocket;

import dev.gatehouse.exchange.ExchangeFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client's request says about WebSocket (RFC 6455 §4.2.1, WS-10, WS-11). Stateless. */
final class WebSocketHandshake {
    private WebSocketHandshake() {}

    /** Whether a request asks for WebSocket; anything else is plain HTTP (WS-10). */
    static boolean isAskedBy(HttpServletRequest request) {
        return request.getHeader("Upgrade") != null // most requests end here
                && request.getMethod().equals("GET")
                && request.getProtocol().equals("HTTP/1.1")
                && HeaderTokens.contain(values(request, "Upgrade"), "websocket")
                && HeaderTokens.contain(values(request, "Connection"), "upgrade");
    }

    /** What is wrong with a request that asks for WebSocket. */
    static Optional<ExchangeFailure> fault(HttpServletRequest request) {
        if (!values(request, "Sec-WebSocket-Version").equals(List.of("13"))) {
            return Optional.of(ExchangeFailure.HANDSHAKE_VERSION);
        }
        List<String> keys = values(request, "Sec-WebSocket-Key");
        boolean isKeyed = keys.size() == 1 && HandshakeKey.isValid(keys.get(0).strip());
        return isKeyed && !hasBody(request) ? Optional.empty() : Optional.of(ExchangeFailure.HANDSHAKE_MALFORMED);
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /** Whether a request breaks HTTP/2, where connections are not upgraded (RFC 9113 §8.2.2, WS-17). */
    static boolean isUpgradeInHttp2(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/2") && request.getHeader("Upgrade") != null;
    }

    /** The subprotocols a client offers, in its order (WS-40). */
    static List<String> subprotocols(HttpServletRequest request) {
        return HeaderTokens.of(values(request, "Sec-WebSocket-Protocol"));
    }

    /** Whether the listener's list lets an Origin in (WS-16). */
    static boolean isOriginAllowed(HttpServletRequest request, List<String> allowed) {
        if (allowed.isEmpty()) {
            return true;
        }
        @Nullable String origin = request.getHeader("Origin");
        if (origin == null) {
            return false;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        return allowed.stream().anyMatch(each -> each.toLowerCase(Locale.ROOT).equals(lower));
    }

    private static List<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }
}
