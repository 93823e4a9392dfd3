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
     * @param mayCompress whether we offered {@link DeflateTerms#OFFER}
     * @return the fault in plain words; empty if the session may begin
     */
    static Optional<String> fault(ResponseHead head, String key, List<String> offered, boolean mayCompress) {
        Optional<String> noUpgrade = faultOfUpgrade(head);
        if (noUpgrade.isPresent()) {
            return noUpgrade;
        }
        if (!head.values("Sec-WebSocket-Accept").equals(List.of(HandshakeKey.acceptFor(key)))) {
            return Optional.of("wrong Sec-WebSocket-Accept");
        }
        boolean isDeflated = mayCompress && DeflateTerms.of(head).isPresent();
        if (DeflateTerms.isExtended(head) && !isDeflated) {
            return Optional.of("an extension that was not offered"); // RFC 7692 §7.1: parameters are part of the offer
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
