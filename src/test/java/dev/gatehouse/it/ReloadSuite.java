package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** config-model.md section 9, PRB-20 and the admin address of product.md section 4, in every home. */
interface ReloadSuite extends Suite {
    /** The gateway's collections with a listener and a rule for one more host. */
    private static void addHost(ObjectNode properties, String name) {
        ObjectNode listener = properties.withArray("httpListeners").get(0).deepCopy();
        listener.put("name", name);
        ((ObjectNode) listener.get("properties")).put("hostName", name + ".example");
        properties.withArray("httpListeners").add(listener);
        ObjectNode rule = properties.withArray("requestRoutingRules").get(0).deepCopy();
        rule.put("name", name);
        ObjectNode own = (ObjectNode) rule.get("properties");
        own.put("priority", 9_000);
        ObjectNode reference = (ObjectNode) own.get("httpListener");
        reference.put("id", reference.get("id").asText().replaceFirst("[^/]*$", name));
        properties.withArray("requestRoutingRules").add(rule);
    }

    private void change(Consumer<ObjectNode> edit) throws IOException {
        Path file = home().directory().resolve("gateway.json");
        ObjectMapper json = new ObjectMapper();
        ObjectNode gateway = (ObjectNode) json.readTree(file.toFile());
        edit.accept((ObjectNode) gateway.get("properties"));
        Path next = file.resolveSibling("gateway.json.next");
        json.writeValue(next.toFile(), gateway);
        Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private Answer admin(String request) throws IOException {
        try (Wire wire = Wire.connect(home().adminPort())) {
            return send(wire, request + "Host: 127.0.0.1:" + home().adminPort() + "\r\n\r\n");
        }
    }

    private JsonNode reload(int status) throws IOException {
        Answer answer = admin("POST /reload HTTP/1.1\r\nContent-Length: 0\r\n");
        assertThat(answer.status()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.bytes());
    }

    @Test
    default void newListenerIsServedAndOpenSessionsNoticeNothing() throws Exception {
        backends().plain.answers(request -> {
            if (request.head().has("Upgrade")) {
                WebSocketWire.accept(request, "").echo();
            } else {
                request.ok("plain");
            }
        });
        try (WebSocketWire session = openWebSocket("plain.example", "/");
                Wire kept = connect()) {
            assertThat(send(kept, Suite.get("plain.example", "/", "")).status()).isEqualTo(200);
            change(properties -> addHost(properties, "late"));
            JsonNode report = reload(200);
            assertThat(report.get("result").asText()).isEqualTo("reloaded");
            assertThat(report.get("kept").asInt()).isGreaterThanOrEqualTo(1);
            assertThat(report.get("draining").asInt()).isZero();
            assertThat(report.get("changes").toString()).contains("late.example");
            assertThat(send(kept, Suite.get("late.example", "/", "")).status()).isEqualTo(200);
            session.sendText("still here");
            assertThat(session.readMessage().text()).isEqualTo("still here");
        } finally {
            home().writeFiles();
        }
        assertThat(reload(200).get("result").asText()).isEqualTo("reloaded");
        assertThat(get("late.example", "/").status()).isEqualTo(404);
    }

    @Test // WS-33
    default void sessionsOfARemovedListenerAreToldGoodbye() throws Exception {
        backends().plain.answers(request -> WebSocketWire.accept(request, "").echo());
        change(properties -> {
            addHost(properties, "leaving");
            for (JsonNode settings : properties.get("backendHttpSettingsCollection")) {
                if (settings.get("name").asText().equals("plain")) {
                    ((ObjectNode) settings.get("properties"))
                            .putObject("connectionDraining")
                            .put("enabled", true)
                            .put("drainTimeoutInSec", 1);
                }
            }
        });
        try {
            assertThat(reload(200).get("result").asText()).isEqualTo("reloaded");
            try (WebSocketWire leaving = openWebSocket("leaving.example", "/");
                    WebSocketWire staying = openWebSocket("plain.example", "/")) {
                home().writeFiles();
                JsonNode report = reload(200);
                assertThat(report.get("draining").asInt()).isEqualTo(1);
                assertThat(report.get("why").get(0).asText()).isEqualTo("1: listener leaving was removed");
                assertThat(leaving.readClose().closeCode()).isEqualTo(1001);
                staying.sendText("still here");
                assertThat(staying.readMessage().text()).isEqualTo("still here");
            }
        } finally {
            home().writeFiles();
        }
        reload(200);
    }

    @Test
    default void changedFileIsReadWithoutBeingAsked() throws Exception {
        backends().plain.answers(request -> request.ok("plain"));
        try {
            change(properties -> addHost(properties, "watched"));
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> get("watched.example", "/").status() == 200);
        } finally {
            home().writeFiles();
            reload(200);
        }
    }

    @Test
    default void refusedReloadTellsWhyAndChangesNothing() throws Exception {
        backends().plain.answers(request -> request.ok("plain"));
        try {
            change(properties -> properties.withArray("frontendPorts").removeAll());
            JsonNode report = reload(422);
            assertThat(report.get("result").asText()).isEqualTo("refused");
            assertThat(report.get("problems").toString()).contains("VAL-1", "frontendPorts");
            assertThat(get("plain.example", "/").status()).isEqualTo(200);
        } finally {
            home().writeFiles();
        }
        assertThat(reload(200).get("result").asText()).isEqualTo("unchanged");
    }

    @Test // PRB-20
    default void adminAddressTellsHealthAndServesNoTraffic() throws Exception {
        assertThat(admin("GET /health/live HTTP/1.1\r\n").status()).isEqualTo(200);
        assertThat(admin("GET /health/ready HTTP/1.1\r\n").status()).isEqualTo(200);
        Answer report = admin("GET /backend-health HTTP/1.1\r\n");
        JsonNode pools = new ObjectMapper().readTree(report.bytes()).get("backendAddressPools");
        assertThat(pools.get(0).get("backendAddressPool").get("id").asText()).endsWith("/backendAddressPools/plain");
        JsonNode server = pools.get(0)
                .get("backendHttpSettingsCollection")
                .get(0)
                .get("servers")
                .get(0);
        assertThat(server.get("health").asText()).isEqualTo("Healthy");
        assertThat(server.get("healthProbeLog").asText()).isEqualTo("Success. Received 200 status code");
        try (Wire wire = Wire.connect(home().adminPort())) {
            assertThat(send(wire, Suite.get("plain.example", "/", "")).status()).isEqualTo(403); // rebinding
        }
        assertThat(admin("GET / HTTP/1.1\r\n").status()).isEqualTo(404);
    }

    @Test
    default void noListenerLeadsToTheAdminPaths() throws Exception {
        backends().plain.answers(request -> request.ok("backend"));
        for (String path : new String[] {"/health/live", "/health/ready", "/backend-health", "/reload"}) {
            Answer answer = get("plain.example", path);
            assertThat(answer.text()).isEqualTo("backend");
        }
        Head head = send("GET http://127.0.0.1:" + home().adminPort() + "/health/live HTTP/1.1\r\nHost: 127.0.0.1:"
                        + home().adminPort() + "\r\n\r\n")
                .head();
        assertThat(head.status()).isEqualTo(404); // no listener takes this host
    }
}
