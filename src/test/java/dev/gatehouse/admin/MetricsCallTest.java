package dev.gatehouse.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.observe.SessionMetrics;
import org.junit.jupiter.api.Test;

/** product.md section 4: GET /metrics, with the names of observability.md section 3. */
class MetricsCallTest {
    @Test
    void numbersAreTextForPrometheus() throws Exception {
        try (AdminHarness admin = new AdminHarness()) {
            new SessionMetrics(admin.metrics.registry()).handshake("web", "chat", "accepted");
            Answered answer = admin.get("/metrics");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.head().value("Content-Type")).isEqualTo("text/plain;version=0.0.4;charset=utf-8");
            assertThat(answer.body())
                    .contains("# TYPE gatehouse_websocket_handshakes_total counter")
                    .contains(
                            "gatehouse_websocket_handshakes_total{listener=\"web\",pool=\"chat\",result=\"accepted\"} 1.0")
                    .contains("gatehouse_websocket_messages_total{direction=\"in\",type=\"text\"} 0.0")
                    .contains("gatehouse_websocket_bytes_total{direction=\"out\"} 0.0")
                    .doesNotContain("# EOF");
        }
    }

    @Test
    void openMetricsIsGivenOnRequest() throws Exception {
        try (AdminHarness admin = new AdminHarness()) {
            new SessionMetrics(admin.metrics.registry());
            Answered answer = admin.get("/metrics", "Accept: application/openmetrics-text; version=1.0.0");
            assertThat(answer.head().value("Content-Type")).startsWith("application/openmetrics-text");
            assertThat(answer.body()).endsWith("# EOF\n");
        }
    }

    @Test
    void nothingElseIsUnderstood() throws Exception {
        try (AdminHarness admin = new AdminHarness()) {
            assertThat(admin.get("/metrics?name=x").status()).isEqualTo(400);
            assertThat(admin.post("/metrics", "").status()).isEqualTo(405);
        }
    }
}
