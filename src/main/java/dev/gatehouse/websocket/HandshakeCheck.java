package dev.gatehouse.websocket;

import dev.gatehouse.exchange.HeaderTokens;
import dev.gatehouse.upstream.HandshakeKey;
import java.util.List;
import java.util.Optional;

/** Judges a backend's 101 (RFC 6455 §4.1, WS-14). Stateless. */
final class HandshakeCheck {
    private HandshakeCheck() {}

    /**
     * What is wrong with a 101.
     *
     * @param head the answer
     * @param key the key we sent
     * @param offered the subprotocols we offered
     * @return the fault in plain words; empty if the session may begin
     */
    static Optional<String> fault(ResponseHead head, String key, List<String> offered) {
        Optional<String> noUpgrade = faultOfUpgrade(head);
        if (noUpgrade.isPresent()) {
            return noUpgrade;
        }
        if (!head.values("Sec-WebSocket-Accept").equals(List.of(HandshakeKey.acceptFor(key)))) {
            return Optional.of("wrong Sec-WebSocket-Accept");
        }
        if (!HeaderTokens.of(head.values("Sec-WebSocket-Extensions")).isEmpty()) {
            return Optional.of("an extension that was not offered"); // we offer none (WS-41)
        }
        List<String> chosen = head.values("Sec-WebSocket-Protocol");
        boolean fits = chosen.isEmpty() || chosen.size() == 1 && offered.contains(chosen.get(0));
        return fits ? Optional.empty() : Optional.of("a subprotocol that was not offered");
    }

    /** What is wrong with a 101 for whoever does not know the key; empty if nothing is. */
    static Optional<String> faultOfUpgrade(ResponseHead head) {
        if (!HeaderTokens.contain(head.values("Upgrade"), "websocket")) {
            return Optional.of("no Upgrade: websocket");
        }
        boolean isConnections = HeaderTokens.contain(head.values("Connection"), "Upgrade");
        return isConnections ? Optional.empty() : Optional.of("no Connection: Upgrade");
    }

    /** The subprotocol of a 101 that has no fault; empty text if the backend chose none. */
    static String subprotocol(ResponseHead head) {
        return head.first("Sec-WebSocket-Protocol").orElse("");
    }
}
