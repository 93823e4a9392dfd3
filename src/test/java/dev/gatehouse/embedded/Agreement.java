package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.explain.DescribedRequest;
import dev.gatehouse.explain.Explanation;
import dev.gatehouse.explain.HeaderField;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.util.List;

/** Sends what was explained and holds what happens against what was said, to the last field. */
final class Agreement {
    private Agreement() {}

    /** Sends a described request; the head of its answer is returned. */
    static Head send(Wire wire, DescribedRequest request) throws IOException {
        String target = request.url().replaceFirst("^[a-z]+://[^/?#]*", "").replaceFirst("#.*", "");
        StringBuilder text = new StringBuilder(request.method()).append(' ');
        text.append(target.startsWith("/") ? target : "/" + target).append(" HTTP/1.1\r\n");
        String body = "";
        for (HeaderField field : request.fields()) {
            text.append(field.name()).append(": ").append(field.value()).append("\r\n");
            body = switch (field.name()) {
                case "Content-Length" -> "x".repeat(Integer.parseInt(field.value()));
                case "Transfer-Encoding" -> "1\r\nx\r\n0\r\n\r\n";
                default -> body;
            };
        }
        wire.write(text.append("\r\n").append(body).toString());
        return wire.readFinalHead();
    }

    /** A backend's script: takes every request and every handshake. */
    static void answer(RecordingBackend.Received request) throws Exception {
        if (request.head().value("Upgrade").equals("websocket")) {
            String offered = request.head().value("Sec-WebSocket-Protocol");
            String chosen = offered.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + offered.split(",", 2)[0] + "\r\n";
            request.wire().write(WebSocketWire.acceptance(request, chosen));
            request.wire().endsWithin(10_000);
        } else {
            request.ok("ok");
        }
    }

    /** Complains unless the answer, and what one of the backends got, are what was said. */
    static void holds(Explanation said, Head answer, List<RecordingBackend> backends) throws Exception {
        Explanation.BackendHeadText expected = said.backendRequest();
        if (expected == null) {
            assertThat(answer.status()).isEqualTo(said.status());
            assertThat(answer.value("Location"))
                    .isEqualTo(said.redirect() == null ? "" : said.redirect().location());
            assertThat(backends)
                    .allSatisfy(backend -> assertThat(backend.recorded()).isZero());
            return;
        }
        assertThat(said.status()).isNull();
        assertThat(answer.status()).isIn(200, 101);
        List<RecordingBackend> asked =
                backends.stream().filter(backend -> backend.recorded() > 0).toList();
        assertThat(asked).hasSize(1);
        Head received = asked.get(0).take().head();
        assertThat(received.startLine()).isEqualTo(expected.line());
        assertThat(received.fields()).extracting(Agreement::withoutIds).isEqualTo(fields(expected));
        assertThat(said.members())
                .extracting(Explanation.Member::dialled)
                .contains("127.0.0.1:" + asked.get(0).port());
    }

    private static List<String> fields(Explanation.BackendHeadText head) {
        return head.headers().stream()
                .map(field -> field.name() + ": " + field.value())
                .toList();
    }

    private static String withoutIds(Head.Field field) {
        String value = switch (field.name()) {
            case "X-AppGW-Trace-Id" -> "<trace-id>";
            case "Sec-WebSocket-Key" -> "<fresh-key>";
            default -> field.value();
        };
        return field.name() + ": " + value;
    }
}
