package dev.gatehouse.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.ProbeRecord;
import dev.gatehouse.upstream.UpstreamPool;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GET /backend-health as the CLI prints it (PRB-20, PRB-21). */
class BackendHealthReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant ENDED = Instant.parse("2026-01-02T03:04:05.678Z");

    private AdminHarness gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new AdminHarness();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void reportHasTheShapeOfTheCommandLine() throws Exception { // PRB-20
        UpstreamPool pair = gateway.pair("api", AdminHarness.settings("plain"), new BackendAddress("10.0.0.5", null));
        pair.members()
                .get(0)
                .probed(new ProbeRecord(
                        "SuccessWithStatusCode",
                        "Success. Received 200 status code",
                        ENDED,
                        Duration.ofNanos(1_234_567),
                        0));
        pair.become(pair.members().get(0), Health.HEALTHY, "test");
        Instant changed = pair.members().get(0).lastChange().orElseThrow();

        Answered answer = gateway.get("/backend-health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(JSON.readTree("""
                { "backendAddressPools": [
                    { "backendAddressPool": { "id": "ID/backendAddressPools/api", "resourceGroup": "shop-rg" },
                      "backendHttpSettingsCollection": [
                        { "backendHttpSettings": { "id": "ID/backendHttpSettingsCollection/plain", "resourceGroup": "shop-rg" },
                          "servers": [
                            { "address": "10.0.0.5", "health": "Healthy",
                              "healthProbeLog": "Success. Received 200 status code",
                              "healthProbeErrorName": "SuccessWithStatusCode",
                              "ipConfiguration": null,
                              "gatehouse": { "lastProbe": "2026-01-02T03:04:05.678Z", "lastChange": "CHANGED",
                                             "consecutiveFailures": 0, "latencyMs": 1.235 } } ] } ] } ] }
                """.replace("ID", AdminHarness.ID).replace("CHANGED", changed.toString())));
    }

    @Test
    void poolIsToldOnceWithAllItsSettings() throws Exception {
        BackendAddress member = new BackendAddress("a.example", null);
        gateway.pair("api", AdminHarness.settings("plain"), member);
        gateway.pair("web", AdminHarness.settings("plain"));
        gateway.pair("api", AdminHarness.settings("slow"), member);

        JsonNode pools = gateway.get("/backend-health").json().get("backendAddressPools");

        assertThat(pools.findValuesAsText("id"))
                .extracting(id -> id.substring(id.lastIndexOf('/') + 1))
                .containsExactly("api", "plain", "slow", "web", "plain");
        assertThat(pools.at("/1/backendHttpSettingsCollection/0/servers")).isEmpty();
    }

    @Test
    void failureIsCounted() throws Exception {
        UpstreamPool pair = gateway.pair("api", AdminHarness.settings("plain"), new BackendAddress("10.0.0.5", null));
        pair.members().get(0).probed(new ProbeRecord("Timeout", "Time-out: ...", ENDED, Duration.ofSeconds(30), 4));
        pair.become(pair.members().get(0), Health.UNHEALTHY, "test");

        JsonNode server = server(0);

        assertThat(server.get("health").asText()).isEqualTo("Unhealthy");
        assertThat(server.get("healthProbeErrorName").asText()).isEqualTo("Timeout");
        assertThat(server.at("/gatehouse/consecutiveFailures").asInt()).isEqualTo(4);
        assertThat(server.at("/gatehouse/latencyMs").asDouble()).isEqualTo(30_000);
    }

    @Test
    void memberThatWasNotProbedYetIsUnknown() throws Exception { // PRB-11
        gateway.pair("api", AdminHarness.settings("plain"), new BackendAddress("10.0.0.5", null));
        JsonNode server = server(0);
        assertThat(server.get("health").asText()).isEqualTo("Unknown");
        assertThat(server.get("healthProbeLog").asText()).startsWith("Not probed yet");
        assertThat(server.get("healthProbeErrorName").isNull()).isTrue();
        assertThat(server.get("gatehouse"))
                .hasToString("{\"lastProbe\":null,\"lastChange\":null,\"consecutiveFailures\":0,\"latencyMs\":null}");
    }

    @Test
    void removedMemberThatStillWorksIsDraining() throws Exception { // section 6
        UpstreamPool pair = gateway.pair("api", AdminHarness.settings("plain"), new BackendAddress("10.0.0.5", null));
        pair.members().get(0).begun();
        pair.retire(true);
        JsonNode server = server(0);
        assertThat(server.get("health").asText()).isEqualTo("Draining");
        assertThat(server.get("healthProbeLog").asText()).endsWith("still running: 1.");
    }

    @Test
    void hostAloneIsToldUnlessMembersDifferInTheirPortsOnly() throws Exception {
        gateway.pair(
                "api",
                AdminHarness.settings("plain"),
                new BackendAddress("127.0.0.1", 9001),
                new BackendAddress("127.0.0.1", 9002),
                new BackendAddress("b.example", 9003),
                new BackendAddress("::1", null));
        assertThat(gateway.get("/backend-health").json().findValuesAsText("address"))
                .containsExactly("127.0.0.1:9001", "127.0.0.1:9002", "b.example", "::1");
    }

    @Test
    void memberWithSeveralAddressesIsOneServerThatTellsOfEach() throws Exception { // REQ-34
        BackendAddress member = new BackendAddress("10.0.0.5", null);
        UpstreamPool down = gateway.pair("api", AdminHarness.settings("plain"), member);
        UpstreamPool up = gateway.pair("api", AdminHarness.settings("plain"), member);
        down.members().get(0).probed(new ProbeRecord("Timeout", "Time-out: ...", ENDED, Duration.ofSeconds(30), 4));
        down.become(down.members().get(0), Health.UNHEALTHY, "test");
        up.become(up.members().get(0), Health.HEALTHY, "test");

        assertThat(gateway.get("/backend-health").json().findValues("servers"))
                .hasSize(1)
                .allMatch(servers -> servers.size() == 1);
        JsonNode server = server(0);
        assertThat(server.get("health").asText()).isEqualTo("Healthy");
        JsonNode addresses = server.at("/gatehouse/addresses");
        assertThat(addresses.findValuesAsText("address")).containsExactly("10.0.0.5:80", "10.0.0.5:80");
        assertThat(addresses.findValuesAsText("health")).containsExactly("Unhealthy", "Healthy");
        assertThat(addresses.at("/0/consecutiveFailures").asInt()).isEqualTo(4);
        assertThat(addresses.at("/0/healthProbeErrorName").asText()).isEqualTo("Timeout");
    }

    @Test
    void expandTellsWhatPoolAndSettingsAre() throws Exception {
        gateway.pair(
                "api",
                AdminHarness.settings("plain"),
                new BackendAddress("10.0.0.5", null),
                new BackendAddress("a.example", null));
        JsonNode pool = gateway.get("/backend-health?expand=true").json().at("/backendAddressPools/0");
        assertThat(pool.get("backendAddressPool")).isEqualTo(JSON.readTree("""
                { "id": "ID/backendAddressPools/api", "resourceGroup": "shop-rg", "name": "api",
                  "backendAddresses": [ { "fqdn": null, "ipAddress": "10.0.0.5" }, { "fqdn": "a.example", "ipAddress": null } ] }
                """.replace("ID", AdminHarness.ID)));
        JsonNode settings = pool.at("/backendHttpSettingsCollection/0/backendHttpSettings");
        assertThat(settings.get("name").asText()).isEqualTo("plain");
        assertThat(settings.get("protocol").asText()).isEqualTo("Http");
        assertThat(settings.get("port").asInt()).isEqualTo(80);
        assertThat(settings.get("requestTimeout").asInt()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?expand=maybe", "?expand=true&expand=true", "?exapnd=true", "?expand=%zz"})
    void oddQueryIsRefused(String query) throws Exception {
        Answered answer = gateway.get("/backend-health" + query);
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void unknownParameterIsNamed() throws Exception {
        assertThat(gateway.get("/backend-health?exapnd=true")
                        .json()
                        .at("/problems/0")
                        .asText())
                .startsWith("There is no query parameter \"exapnd\" (known: ");
    }

    private JsonNode server(int index) throws Exception {
        return gateway.get("/backend-health")
                .json()
                .at("/backendAddressPools/0/backendHttpSettingsCollection/0/servers/" + index);
    }
}
