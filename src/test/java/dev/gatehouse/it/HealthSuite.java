package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** WS-4, PRB-5, PRB-7, PRB-10: probes decide who gets traffic, WebSocket included. */
interface HealthSuite extends Suite {
    @Test // WS-4, WS-33, websocket.md section 9 item 2
    default void backendThatFailsItsProbeGetsNoWebSocket() throws Exception {
        RecordingBackend backend = backends().probed;
        backend.answers(request -> {
            if (request.head().has("Upgrade")) {
                WebSocketWire.accept(request, "").echo();
            } else {
                request.ok("http");
            }
        });
        awaitHandshake(101);
        try (WebSocketWire older = openWebSocket("probed.example", "/")) {
            int before = backend.probes();
            backend.answersProbes(500);
            awaitHandshake(502);
            assertThat(backend.probes() - before).isGreaterThanOrEqualTo(2); // the threshold
            assertThat(get("probed.example", "/").status()).isEqualTo(502);
            older.sendText("still here");
            assertThat(older.readMessage().text()).isEqualTo("still here");
            backend.answersProbes(302); // 200-399 is healthy (PRB-8), and not followed (PRB-7)
            awaitHandshake(101);
            assertThat(get("probed.example", "/").status()).isEqualTo(200);
        }
    }

    @Test
    default void memberThatIsGoneIsOutUntilItAnswers() throws Exception {
        RecordingBackend backend = backends().probed;
        awaitHandshake(101);
        backend.stop();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> get("probed.example", "/").status() == 502);
        backend.start();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> get("probed.example", "/").status() == 200);
    }

    @Test // PRB-4, PRB-5, PRB-7
    default void probeIsAPlainRequestWithTheProbesNames() {
        RecordingBackend backend = backends().probed;
        int before = backend.probes();
        await().atMost(Duration.ofSeconds(5)).until(() -> backend.probes() > before);
        Head probe = backend.lastProbe();
        assertThat(probe.startLine()).isEqualTo("GET /health HTTP/1.1");
        assertThat(probe.values("Host")).containsExactly("probe.example");
        assertThat(probe.value("Connection")).isEqualTo("close");
        assertThat(probe.value("Accept")).isEqualTo("*/*");
    }

    private void awaitHandshake(int status) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> handshake() == status);
    }

    private int handshake() throws IOException {
        backends().probed.answers(request -> {
            if (request.head().has("Upgrade")) {
                WebSocketWire.accept(request, "").echo();
            } else {
                request.ok("http");
            }
        });
        try (Wire wire = connect()) {
            wire.write(WebSocketWire.handshake("/", "probed.example", ""));
            return wire.readFinalHead().status();
        }
    }
}
