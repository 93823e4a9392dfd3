package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.gateway.GatewayContextListener;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code limits} of the local file against clients that go beyond them (REQ-3, REQ-5, REQ-6, REQ-48). */
@Timeout(60)
class ClientLimitsTest {
    private static final String GATEWAY = """
            { "properties": {
              "sku": { "tier": "Standard_v2" },
              "frontendIPConfigurations": [ { "name": "f", "properties": {} } ],
              "frontendPorts": [ { "name": "p", "properties": { "port": 80 } } ],
              "backendAddressPools": [ { "name": "b", "properties": {
                "backendAddresses": [ { "ipAddress": "10.0.0.1" } ] } } ],
              "backendHttpSettingsCollection": [ { "name": "s", "properties": { "port": 80, "protocol": "Http" } } ],
              "httpListeners": [ { "name": "l", "properties": { "protocol": "Http",
                "frontendIPConfiguration": { "id": "/x/frontendIPConfigurations/f" },
                "frontendPort": { "id": "/x/frontendPorts/p" } } } ],
              "requestRoutingRules": [ { "name": "r", "properties": { "ruleType": "Basic", "priority": 1,
                "httpListener": { "id": "/x/httpListeners/l" },
                "backendAddressPool": { "id": "/x/backendAddressPools/b" },
                "backendHttpSettings": { "id": "/x/backendHttpSettingsCollection/s" } } } ] } }
            """;
    private static final String LOCAL = """
            { "listen": { "ports": { "80": %d } }, "addresses": { "10.0.0.1": "127.0.0.1:%d" },
              "limits": { "body": 1000, "headerTimeout": "2s", "bodyTimeout": "1s", "keepAliveTimeout": "1s",
                          "connections": 2 } }
            """;

    @TempDir
    static Path directory;

    private static RecordingBackend backend;
    private static GatewayServer server;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        backend = new RecordingBackend();
        port = Samples.freePort();
        Path file = Files.writeString(directory.resolve("gateway.json"), GATEWAY);
        Files.writeString(directory.resolve("gatehouse.local.json"), LOCAL.formatted(port, backend.port()));
        server = GatewayServer.start(
                Samples.plan(new ConfigurationReader()
                        .load(file, Optional.empty())
                        .configuration()
                        .orElseThrow()),
                GatewayContextListener::new);
        await().atMost(Duration.ofSeconds(20)).until(() -> status("GET / HTTP/1.1\r\nHost: a\r\n\r\n") == 200);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        backend.close();
    }

    @AfterEach
    void forget() throws IOException {
        backend.reset();
    }

    private static int status(String request) throws IOException {
        try (Wire wire = Wire.connect(port)) {
            return wire.write(request).readFinalHead().status();
        }
    }

    private static String chunked(int... sizes) {
        StringBuilder request = new StringBuilder("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int size : sizes) {
            request.append(Integer.toHexString(size)).append("\r\n");
            request.append("x".repeat(size)).append("\r\n");
        }
        return request + "0\r\n\r\n";
    }

    private static AtomicInteger countWholeRequests() {
        AtomicInteger whole = new AtomicInteger();
        backend.answers(request -> {
            request.body();
            whole.incrementAndGet();
            request.ok("ok");
        });
        return whole;
    }

    @Test // REQ-3
    void bodyOfTheLimitPasses() throws Exception {
        AtomicInteger whole = countWholeRequests();

        assertThat(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(1000)))
                .isEqualTo(200);
        assertThat(status(chunked(400, 600))).isEqualTo(200);
        assertThat(whole).hasValue(2);
    }

    @Test // REQ-3
    void bodyBeyondTheLimitGets413AndNoBackendAWholeRequest() throws Exception {
        AtomicInteger whole = countWholeRequests();

        assertThat(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n"))
                .isEqualTo(413);
        assertThat(status(chunked(400, 601))).isEqualTo(413);
        assertThat(status(chunked(1001))).isEqualTo(413);
        await().untilAsserted(
                        () -> // one that was answered may still count as under way, and two is all there may be
                        assertThat(status("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(200));
        assertThat(whole).hasValue(1);
    }

    @Test // REQ-3, REQ-6
    void pauseWithinABodyGets408() throws Exception {
        AtomicInteger whole = countWholeRequests();

        assertThat(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf"))
                .isEqualTo(408);
        assertThat(status("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"))
                .isEqualTo(408);
        assertThat(whole).hasValue(0);
    }

    @Test // REQ-5
    void connectionThatRestsIsClosed() throws Exception {
        try (Wire wire = Wire.connect(port)) {
            wire.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(wire.readBytes(12)).asString().isEqualTo("HTTP/1.1 200");
            assertThat(wire.endsWithin(6_000)).isTrue(); // Tomcat looks every second or two
        }
    }

    @Test // REQ-48
    void clientsBeyondTheLimitGet503() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        backend.answers(request -> {
            arrived.countDown();
            assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
            request.ok("ok");
        });
        try (Wire one = Wire.connect(port).write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                Wire two = Wire.connect(port).write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(status("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(503);
            release.countDown();
            assertThat(one.readFinalHead().status()).isEqualTo(200);
            assertThat(two.readFinalHead().status()).isEqualTo(200);
        }
        assertThat(status("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(200);
    }

    @Test // REQ-48: a WebSocket session is a client as long as it is open
    void openSessionsCount() throws Exception {
        backend.answers(request -> WebSocketWire.accept(request, "").echo());
        try (WebSocketWire one = WebSocketWire.open(Wire.connect(port), "/", "a", "");
                WebSocketWire two = WebSocketWire.open(Wire.connect(port), "/", "a", "")) {
            one.sendText("here");
            assertThat(one.readMessage().text()).isEqualTo("here");
            two.sendText("too");
            assertThat(two.readMessage().text()).isEqualTo("too");
            assertThat(status("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(503);
        }
        backend.reset();
        await().atMost(Duration.ofSeconds(10)).until(() -> status("GET / HTTP/1.1\r\nHost: a\r\n\r\n") == 200);
    }
}
