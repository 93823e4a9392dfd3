package dev.gatehouse.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.health.OnDemandProbes;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.UpstreamPool;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes on demand by POST and GET (PRB-22). */
class ProbeOnDemandTest {
    private final OnDemandProbes probes = new OnDemandProbes(Clock.systemUTC());
    private AdminHarness gateway;
    private RecordingBackend backend;
    private UpstreamPool pair;

    @BeforeEach
    void start() throws Exception {
        gateway = new AdminHarness();
        gateway.probing = probes::probe;
        backend = new RecordingBackend();
        pair = gateway.pair("api", AdminHarness.settings("plain"), new BackendAddress("127.0.0.1", backend.port()));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        backend.close();
        probes.close();
    }

    @Test
    void probeIsSentAsAskedAndItsResultTold() throws Exception {
        backend.answersProbes(404);
        pair.become(pair.members().get(0), Health.HEALTHY, "test");

        Answered answer = gateway.post("/backend-health", """
                { "protocol": "Http", "host": "shop.test", "path": "/ready?x=1", "timeout": 5,
                  "match": { "statusCodes": ["200-299", "302,307"] },
                  "backendAddressPool": { "id": "ID/backendAddressPools/api" },
                  "backendHttpSettings": { "id": "ID/backendHttpSettingsCollection/PLAIN" } }
                """.replace("ID", AdminHarness.ID));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(backend.lastProbe().startLine()).isEqualTo("GET /ready?x=1 HTTP/1.1");
        assertThat(backend.lastProbe().value("Host")).isEqualTo("shop.test");
        JsonNode json = answer.json();
        assertThat(json.at("/backendAddressPool/id").asText()).isEqualTo(AdminHarness.ID + "/backendAddressPools/api");
        assertThat(json.at("/backendHealthHttpSettings/backendHttpSettings/id").asText())
                .isEqualTo(AdminHarness.ID + "/backendHttpSettingsCollection/plain");
        JsonNode server = json.at("/backendHealthHttpSettings/servers/0");
        assertThat(server.get("address").asText()).isEqualTo("127.0.0.1");
        assertThat(server.get("health").asText()).isEqualTo("Unhealthy");
        assertThat(server.get("healthProbeLog").asText()) // PRB-21
                .isEqualTo("Received invalid status code: 404 in the backend server's HTTP response.");
        assertThat(server.get("healthProbeErrorName").asText()).isEqualTo("HttpStatusCodeMismatchWithStatusCode");
        assertThat(server.at("/gatehouse/lastProbe").isTextual()).isTrue();
        // What periodic probes said stays.
        assertThat(pair.members().get(0).health()).isEqualTo(Health.HEALTHY);
        assertThat(pair.members().get(0).lastProbe()).isEmpty();
    }

    @Test
    void sameByGetWithTheNamesOfTheCommandLine() throws Exception {
        backend.answersProbes(404);
        Answered answer =
                gateway.get("/backend-health?address-pool=api&http-settings=plain&protocol=http&host=shop.test"
                        + "&path=%2Fready&timeout=5&match-status-codes=200-299+404");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json()
                        .at("/backendHealthHttpSettings/servers/0/healthProbeLog")
                        .asText())
                .isEqualTo("Success. Received 404 status code");
        assertThat(backend.lastProbe().startLine()).isEqualTo("GET /ready HTTP/1.1");
        assertThat(backend.lastProbe().value("Host")).isEqualTo("shop.test");
    }

    @Test
    void whatIsNotAskedIsAsInADefaultProbe() throws Exception { // health-probes.md section 2
        Answered answer = gateway.get("/backend-health?address-pool=api&http-settings=plain");
        assertThat(answer.json()
                        .at("/backendHealthHttpSettings/servers/0/health")
                        .asText())
                .isEqualTo("Healthy");
        assertThat(backend.lastProbe().startLine()).isEqualTo("GET / HTTP/1.1");
        assertThat(backend.lastProbe().value("Host")).isEqualTo("127.0.0.1");
    }

    @Test
    void expandWorksHereToo() throws Exception {
        Answered answer = gateway.get("/backend-health?address-pool=api&http-settings=plain&expand=true");
        assertThat(answer.json()
                        .at("/backendHealthHttpSettings/backendHttpSettings/name")
                        .asText())
                .isEqualTo("plain");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "5 | no JSON object",
                "[] | no JSON object",
                "{ | line 1",
                "{'path': '/', 'path': '/a'} | already has \"path\"",
                "{'paths': '/'} | There is no key \"paths\"",
                "{'match': {'status': []}} | There is no key \"match.status\"",
                "{'backendAddressPool': {'name': 'api'}} | There is no key \"backendAddressPool.name\"",
                "{'path': 5} | path is the number 5 (expected: a text)",
                "{'timeout': '5'} | timeout is the text \"5\" (expected: a whole number)",
                "{'timeout': 1.5} | timeout is the number 1.5 (expected: a whole number)",
                "{'pickHostNameFromBackendHttpSettings': 'yes'} | (expected: true or false)",
                "{'match': []} | match is an array (expected: an object)",
                "{'match': {'statusCodes': '200'}} | match.statusCodes is the text \"200\" (expected: an array)",
                "{'match': {'statusCodes': [true]}} | match.statusCodes is the boolean true",
                "{'protocol': 'ftp', P} | protocol: \"ftp\" (expected: Http or Https)",
                "{'host': 'a b', P} | host: \"a b\" (expected: a host name or address without a port)",
                "{'host': 'a\\r\\nX: 1', P} | host: \"a",
                "{'host': 'a.example:80', P} | (expected: a host name or address without a port)",
                "{'host': 'a', 'pickHostNameFromBackendHttpSettings': true, P} | (expected: one of them)",
                "{'path': 'ready', P} | path: \"ready\" (expected: starts with /",
                "{'path': '/a HTTP/1.1', P} | path: \"/a HTTP/1.1\"",
                "{'path': '/a\\r\\nX: 1', P} | path: \"/a",
                "{'timeout': 31, P} | timeout: 31 (expected: 1 to 30 seconds)",
                "{'timeout': 0, P} | timeout: 0",
                "{'match': {'statusCodes': ['99']}, P} | match.statusCodes: \"99\"",
                "{'match': {'statusCodes': ['300-200']}, P} | match.statusCodes: \"300-200\"",
                "{'backendHttpSettings': 'plain'} | backendAddressPool is missing (known: \"api\")",
                "{'backendAddressPool': 'apo', 'backendHttpSettings': 'plain'} | has no \"apo\" (known: \"api\")",
                "{'backendAddressPool': 'api', 'backendHttpSettings': 'x'} | has no \"x\" (known: \"plain\")",
                "{'backendAddressPool': {'id': '/x/probes/api'}, 'backendHttpSettings': 'plain'} | has no \"/x/probes/api\""
            })
    void whatIsWrongIsNamed(String body, String named) throws Exception {
        String pairOf = "'backendAddressPool': {'id': 'api'}, 'backendHttpSettings': {'id': 'plain'}";
        Answered answer =
                gateway.post("/backend-health", body.replace("P}", pairOf + "}").replace('\'', '"'));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().get("problems").toString().replace("\\\"", "\""))
                .contains(named);
        assertThat(backend.probes()).isZero();
    }

    @Test
    void everythingWrongIsNamedAtOnce() throws Exception {
        Answered answer = gateway.post(
                "/backend-health",
                "{\"protocol\":\"ftp\",\"timeout\":99,\"path\":\"x\",\"backendAddressPool\":\"api\","
                        + "\"backendHttpSettings\":\"plain\"}");
        assertThat(answer.json().get("problems")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout=soon",
                "timeout=",
                "timeout=5&timeout=6",
                "host-name-from-http-settings=perhaps",
                "pool=api",
                "match-status-codes=abc"
            })
    void oddOptionIsRefused(String option) throws Exception {
        Answered answer = gateway.get("/backend-health?address-pool=api&http-settings=plain&" + option);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("problems")).hasSize(1);
        assertThat(answer.json().at("/problems/0").asText()).contains(option.replaceAll("match-.*|=.*", ""));
        assertThat(backend.probes()).isZero();
    }

    @Test
    void pairThatNoRuleLeadsToIsAnsweredWithThoseThatAreServed() throws Exception {
        gateway.unserved.add(new BackendAddressPool("spare", List.of()));
        gateway.pair("web", AdminHarness.settings("slow"));
        Answered answer = gateway.get("/backend-health?address-pool=spare&http-settings=plain");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/problems/0").asText())
                .isEqualTo("No rule leads to the pool \"spare\" with the settings \"plain\"; served are \"api\" with"
                        + " \"plain\", \"web\" with \"slow\".");
    }

    @Test
    void longBodyIsRefused() throws Exception {
        Answered answer = gateway.post("/backend-health", " ".repeat(64 * 1024) + "{}");
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void silentMemberEndsTheProbeAtItsTimeOut() throws Exception {
        try (java.net.ServerSocket silent = new java.net.ServerSocket(0)) {
            gateway.pair("mute", AdminHarness.settings("m"), new BackendAddress("127.0.0.1", silent.getLocalPort()));
            long before = System.nanoTime();
            Answered answer = gateway.get("/backend-health?address-pool=mute&http-settings=m&timeout=1");
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
            JsonNode server = answer.json().at("/backendHealthHttpSettings/servers/0");
            assertThat(server.get("health").asText()).isEqualTo("Unhealthy");
            assertThat(server.get("healthProbeErrorName").asText()).isEqualTo("Timeout");
            assertThat(server.get("healthProbeLog").asText()).endsWith("within the probe's time-out of 1.0 s.");
        }
    }

    @Test
    void fifthAtATimeIsToldToWait() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        gateway.probing = (pool, probe) -> {
            running.incrementAndGet();
            await().atMost(Duration.ofSeconds(10)).until(() -> hold.getCount() == 0);
            return Optional.of(List.of());
        };
        String target = "/backend-health?address-pool=api&http-settings=plain";
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<Future<Answered>> first = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            first.add(clients.submit(() -> gateway.get(target)));
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> running.get() == 4);
        Answered fifth = gateway.get(target);
        hold.countDown();
        assertThat(fifth.status()).isEqualTo(429);
        assertThat(fifth.head().value("Retry-After")).isEqualTo("1");
        for (Future<Answered> one : first) {
            assertThat(one.get().status()).isEqualTo(200);
        }
        assertThat(gateway.get(target).status()).isEqualTo(200);
        clients.shutdown();
    }

    @Test
    void stoppingGatewaySaysSo() throws Exception {
        probes.close();
        assertThat(gateway.get("/backend-health?address-pool=api&http-settings=plain")
                        .status())
                .isEqualTo(503);
        assertThat(backend.probes()).isZero();
    }
}
