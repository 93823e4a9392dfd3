package dev.gatehouse.websocket;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.HeaderFields;
import dev.gatehouse.exchange.HeaderSink;
import dev.gatehouse.exchange.HopByHop;
import dev.gatehouse.exchange.ResponseRewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of a backend's answer that the client gets (REQ-42). Stateless. */
final class EndToEnd {
    private static final String HANDSHAKE_PREFIX = "sec-websocket-";

    private EndToEnd() {}

    /** Those of any answer, rewritten if a rule wants it (REQ-30), and our own cookies (WS-15). */
    static List<ResponseHead.Field> of(ResponseHead head, Exchange exchange) {
        List<ResponseHead.Field> received = of(head);
        @Nullable ResponseRewrite rewrite = exchange.responseRewrite();
        List<String> cookies = exchange.affinityCookies();
        if (rewrite == null && cookies.isEmpty()) {
            return received;
        }
        HeaderFields fields = new HeaderFields();
        received.forEach(field -> fields.add(field.name(), field.value()));
        HeaderFields own = new HeaderFields();
        cookies.forEach(cookie -> own.add("Set-Cookie", cookie));
        if (rewrite != null) {
            rewrite.apply(head.status(), fields, own);
        }
        List<ResponseHead.Field> all = new ArrayList<>();
        HeaderSink sink = (name, value) -> all.add(new ResponseHead.Field(name, value));
        fields.writeTo(sink);
        own.writeTo(sink);
        return all;
    }

    private static List<ResponseHead.Field> of(ResponseHead head) {
        List<String> named = List.of();
        for (String connection : head.values("Connection")) {
            named = HopByHop.collect(connection, named);
        }
        // RFC 9112 §6.3: where both stand the coding counts, and the length may be a lie about what we pass on. RFC
        // 9110
        // §8.6: none in 204.
        boolean dropsLength = !head.values("Transfer-Encoding").isEmpty() || head.status() == 204;
        List<ResponseHead.Field> kept = new ArrayList<>();
        for (ResponseHead.Field field : head.fields()) {
            boolean isDropped = HopByHop.isHopByHop(field.name()) || (dropsLength && field.is("Content-Length"));
            if (!isDropped && !HopByHop.contains(named, field.name())) {
                kept.add(field);
            }
        }
        return kept;
    }

    /** Those of a 101 that answers the client's own handshake: with the handshake's, without framing. */
    static List<ResponseHead.Field> ofRelayedUpgrade(ResponseHead head, Exchange exchange) {
        return of(head, exchange).stream()
                .filter(field -> !field.is("Content-Length"))
                .toList();
    }

    /** Those of a 101: without the handshake's own, which the container makes, and without framing, which 101 has none. */
    static List<ResponseHead.Field> ofUpgrade(ResponseHead head, Exchange exchange) {
        return of(head, exchange).stream()
                .filter(field -> !field.name().toLowerCase(Locale.ROOT).startsWith(HANDSHAKE_PREFIX))
                .filter(field -> !field.is("Content-Length"))
                .toList();
    }
}
