package dev.gatehouse.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.model.ListenAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the admin address serves and what it does not (product.md section 4). */
class AdminFilterTest {
    private AdminHarness gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new AdminHarness();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/backend-health", "/reload", "/"})
    void nothingOfItIsReachableThroughAListener(String path) throws Exception {
        assertThat(Answered.to(gateway.listenerPort(), "GET", path, "").body()).isEqualTo("traffic");
        assertThat(Answered.to(gateway.listenerPort(), "POST", path, "{}").body())
                .isEqualTo("traffic");
    }

    @Test
    void hostHeaderOfTheAdminAddressOpensNoListener() throws Exception {
        String host = "Host: 127.0.0.1:" + gateway.adminPort();
        assertThat(Answered.to(gateway.listenerPort(), "GET", "/health/live", "", host)
                        .body())
                .isEqualTo("traffic");
    }

    @Test
    void noTrafficIsServedByItAndTheAnswerNamesItsPaths() throws Exception {
        Answered answer = gateway.get("/shop");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("paths"))
                .isEqualTo(new ObjectMapper()
                        .readTree("[\"GET /health/live\", \"GET /health/ready\", \"GET /backend-health\","
                                + " \"POST /backend-health\", \"POST /reload\", \"GET /metrics\", \"GET /sessions\","
                                + " \"DELETE /sessions/{id}\", \"GET /sessions/{id}\"]"));
    }

    @Test
    void withoutAnAdminAddressEverythingIsTraffic() throws Exception {
        gateway.address = Optional.empty();
        assertThat(gateway.get("/health/live").body()).isEqualTo("traffic");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.2, traffic", "0.0.0.0, live", "localhost, live", "::, live"})
    void localAddressCountsUnlessTheAdminAddressIsAWildcard(String host, String expected) throws Exception {
        gateway.address = Optional.of(new ListenAddress(host, gateway.adminPort()));
        assertThat(gateway.get("/health/live").body()).contains(expected);
    }

    @Test
    void addressThatCannotBeResolvedIsNobodys() throws Exception {
        gateway.address = Optional.of(new ListenAddress("no-such-host.invalid", gateway.adminPort()));
        assertThat(gateway.get("/health/live").body()).isEqualTo("traffic");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /health/live | GET, HEAD",
                "DELETE | /backend-health | GET, HEAD, POST",
                "GET | /reload | POST",
                "HEAD | /reload | POST",
                "OPTIONS | /reload | POST"
            })
    void wrongMethodIsToldTheRightOnes(String method, String path, String allowed) throws Exception {
        Answered answer = Answered.to(gateway.adminPort(), method, path, "");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.head().value("Allow")).isEqualTo(allowed);
    }

    @Test
    void headIsAnsweredLikeGetWithoutItsBody() throws Exception {
        gateway.whyNotReady = Optional.of("The first round of probes is not over.");
        Answered head = Answered.to(gateway.adminPort(), "HEAD", "/health/ready", "");
        Answered get = gateway.get("/health/ready");
        assertThat(head.status()).isEqualTo(503);
        assertThat(head.head().value("Content-Length"))
                .isEqualTo(get.head().value("Content-Length"))
                .isEqualTo("" + get.body().length());
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GET, /health/live", "GET, /nowhere", "POST, /health/live", "POST, /backend-health"})
    void noAnswerIsKeptOrGuessedAt(String method, String path) throws Exception {
        Answered answer = Answered.to(gateway.adminPort(), method, path, "");
        assertThat(answer.head().value("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.head().value("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.head().value("Content-Type")).startsWith("application/json");
    }

    @Test
    void aliveIsWhoeverAnswers() throws Exception {
        gateway.whyNotReady = Optional.of("no");
        Answered answer = gateway.get("/health/live");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).hasToString("{\"status\":\"live\"}");
    }

    @Test
    void readyIsToldAndWhyNot() throws Exception { // PRB-11
        assertThat(gateway.get("/health/ready").status()).isEqualTo(200);
        assertThat(gateway.get("/health/ready").json()).hasToString("{\"status\":\"ready\"}");
        gateway.whyNotReady = Optional.of("The first round of probes is not over.");
        Answered answer = gateway.get("/health/ready");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("reason").asText()).isEqualTo("The first round of probes is not over.");
    }

    @Test
    void defectIsAnsweredWithoutInternals() throws Exception {
        Answered answer = gateway.post("/reload", "");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("not expected");
    }
}
