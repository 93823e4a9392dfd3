package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** How the executable jar starts, refuses to start, and ends (product.md section 2). */
class EmbeddedLifecycleIT {
    private static final Path DIRECTORY = Path.of(System.getProperty("it.dir"), "lifecycle");

    @Test // WS-33: 1001 to both sides, exit code 0
    void openSessionsAreToldWhenTheGatewayEnds() throws Exception {
        Backends backends = new Backends();
        Home home = new Home(
                Backends.freePort(),
                Backends.freePort(),
                Backends.freePort(),
                backends,
                EnumSet.noneOf(KnownLimit.class));
        Path file = backends.writeFiles(DIRECTORY, home.httpPort(), home.extraPort(), home.httpsPort());
        try (GatewayProcess gateway = new GatewayProcess("lifecycle", "run", file.toString())) {
            gateway.awaitReady();
            Suite.awaitReady(home);
            backends.plain.answers(request -> {
                WebSocketWire session = WebSocketWire.accept(request, "");
                session.sendText("open");
                assertThat(session.readClose().closeCode()).isEqualTo(1001);
                request.wire().close();
            });
            try (WebSocketWire client = WebSocketWire.open(Wire.connect(home.httpPort()), "/", "plain.example", "")) {
                assertThat(client.readMessage().text()).isEqualTo("open"); // the 101 alone may be ahead of the session
                gateway.terminate();
                assertThat(client.readClose().closeCode()).isEqualTo(1001);
            }
            assertThat(gateway.exitCode()).isZero();
        }
        backends.reset(); // complains if the backend was not told
    }

    @Test // product.md section 2
    void signalDuringTheStartEndsItAsAnyOther() throws Exception {
        Backends backends = new Backends();
        backends.plain.answers(request -> request.wire().endsWithin(20_000)); // the first probe waits
        Path file = backends.writeFiles(
                DIRECTORY.resolve("slow"), Backends.freePort(), Backends.freePort(), Backends.freePort());
        try (GatewayProcess gateway = new GatewayProcess("slow", "run", file.toString())) {
            Thread.sleep(2_500);
            assertThat(gateway.output()).doesNotContain("ready");
            gateway.terminate();
            assertThat(gateway.exitCode()).isZero();
        }
        backends.reset();
    }

    @Test
    void wrongFileIsRefusedWithEveryProblem() throws Exception {
        Path file = write("wrong.json", """
                { "httpListeners": [ { "name": "l", "properties": { "protocol": "Http",
                    "frontendIPConfiguration": { "id": "frontendIPConfigurations/none" },
                    "frontendPort": { "id": "frontendPorts/nowhere" } } } ] }
                """);
        try (GatewayProcess gateway = new GatewayProcess("wrong", "run", file.toString())) {
            assertThat(gateway.exitCode()).isEqualTo(1);
            assertThat(gateway.log() + gateway.output()).contains("wrong.json:", "nowhere", "none");
        }
    }

    @Test
    void wrongUsageIsTold() throws Exception {
        try (GatewayProcess gateway = new GatewayProcess("usage", "run")) {
            assertThat(gateway.exitCode()).isEqualTo(2);
        }
    }

    private static Path write(String name, String text) throws IOException {
        Files.createDirectories(DIRECTORY);
        return Files.writeString(DIRECTORY.resolve(name), text);
    }
}
