package dev.gatehouse.health;

import dev.gatehouse.model.ProbeKind;
import dev.gatehouse.upstream.HandshakeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Compares the answer to an opening handshake with what RFC 6455 §4.1 demands (WS-14). Stateless, pure. */
final class HandshakeJudge {
    private static final int QUOTED_CHARACTERS = 80;

    private HandshakeJudge() {}

    static ProbeResult result(ProbeRequest request, ProbeKind.WebSocket kind, String key, HttpResponse answer) {
        String from = request.address() + request.path() + " (Host " + request.hostHeader() + ")";
        if (answer.getCode() != 101) {
            return new ProbeResult(
                    ProbeCause.STATUS_MISMATCH,
                    ProbeJudge.wrongStatus(answer.getCode()),
                    "Expected 101, which accepts a WebSocket handshake, from " + from + ".");
        }
        return fault(kind, key, answer)
                .map(fault -> new ProbeResult(
                        ProbeCause.HANDSHAKE_MISMATCH,
                        "The WebSocket handshake with " + from + " was answered with 101, but " + fault + "."))
                .orElseGet(() -> new ProbeResult(ProbeCause.SUCCESS, ProbeJudge.success(101)));
    }

    private static Optional<String> fault(ProbeKind.WebSocket kind, String key, HttpResponse answer) {
        if (!hasToken(answer, "Upgrade", "websocket")) {
            return Optional.of("the answer has no header Upgrade: websocket");
        }
        if (!hasToken(answer, "Connection", "upgrade")) {
            return Optional.of("the answer has no header Connection: Upgrade");
        }
        return acceptFault(key, values(answer, "Sec-WebSocket-Accept"))
                .or(() -> subprotocolFault(kind.subprotocol(), values(answer, "Sec-WebSocket-Protocol")))
                .or(() -> values(answer, "Sec-WebSocket-Extensions").stream()
                        .findFirst()
                        .map(extension -> "it uses the extension " + shown(extension) + ", and none was offered"));
    }

    private static Optional<String> acceptFault(String key, List<String> accepts) {
        if (accepts.isEmpty()) {
            return Optional.of("the answer has no Sec-WebSocket-Accept");
        }
        return accepts.equals(List.of(HandshakeKey.acceptFor(key)))
                ? Optional.empty()
                : Optional.of("its Sec-WebSocket-Accept " + shown(String.join(", ", accepts))
                        + " does not belong to the key that was sent");
    }

    private static Optional<String> subprotocolFault(@Nullable String offered, List<String> chosen) {
        List<String> wanted = offered == null ? List.of() : List.of(offered);
        if (chosen.equals(wanted)) {
            return Optional.empty();
        }
        String found = chosen.isEmpty() ? "no subprotocol" : "the subprotocol " + shown(String.join(", ", chosen));
        return Optional.of(
                "it chose " + found + ", and " + Objects.requireNonNullElse(offered, "none") + " was offered");
    }

    private static boolean hasToken(HttpResponse answer, String name, String token) {
        return values(answer, name).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .anyMatch(part -> part.strip().equalsIgnoreCase(token));
    }

    private static List<String> values(HttpResponse answer, String name) {
        List<String> values = new ArrayList<>();
        for (Header header : answer.getHeaders(name)) {
            values.add(header.getValue().strip());
        }
        return values;
    }

    // It goes to a log and a report: short, and nothing that a terminal would obey.
    private static String shown(String value) {
        String plain = value.replaceAll("[^ -~]", "?");
        return '"'
                + (plain.length() <= QUOTED_CHARACTERS ? plain : plain.substring(0, QUOTED_CHARACTERS) + "...")
                + '"';
    }
}
