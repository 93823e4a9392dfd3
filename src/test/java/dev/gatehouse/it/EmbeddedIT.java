package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The suite against the executable jar, and what needs its known heap of 256 MB. */
class EmbeddedIT implements BlackBoxSuite {
    private static final int GIGABYTE = 1024 * 1024 * 1024;
    private static final byte[] PIECE = new byte[1024 * 1024];

    private static GatewayProcess gateway;
    private static Home home;

    @BeforeAll
    static void start() throws Exception {
        Backends backends = new Backends();
        home = new Home(
                Backends.freePort(),
                Backends.freePort(),
                Backends.freePort(),
                backends,
                EnumSet.of(KnownLimit.CLIENT_CLOSE_CODES, KnownLimit.REASON_PHRASE),
                Backends.freePort(),
                Path.of(System.getProperty("it.dir"), "embedded"));
        Path file = home.writeFiles();
        gateway = new GatewayProcess("embedded", "run", file.toString());
        assertThat(String.join("\n", gateway.awaitReady()))
                .contains(":" + home.httpPort(), ":" + home.extraPort(), ":" + home.httpsPort());
        Suite.awaitReady(home);
    }

    @AfterAll
    static void endsWithZeroOnTerm() throws Exception {
        try (GatewayProcess ending = gateway) {
            assertThat(ending.isAlive()).isTrue();
            ending.terminate();
            assertThat(ending.exitCode()).isZero();
        }
    }

    @Override
    public Home home() {
        return home;
    }

    @Override
    public String name() {
        return "jar";
    }

    @Test // REQ-43: four times the heap
    void gigabyteGoesUp() throws Exception {
        CompletableFuture<Long> received = new CompletableFuture<>();
        backends().plain.answers(request -> {
            long count = 0;
            for (; count < GIGABYTE; count += PIECE.length) {
                request.wire().readBytes(PIECE.length);
            }
            received.complete(count);
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        try (Wire wire = connect()) {
            wire.write("PUT / HTTP/1.1\r\nHost: plain.example\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");
            for (int sent = 0; sent < GIGABYTE / PIECE.length; sent++) {
                wire.write(PIECE);
            }
            assertThat(wire.readFinalHead().status()).isEqualTo(200);
        }
        assertThat(received.get(1, TimeUnit.SECONDS)).isEqualTo(GIGABYTE);
    }

    @Test // REQ-43
    void gigabyteComesDown() throws Exception {
        backends().plain.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");
            for (int sent = 0; sent < GIGABYTE / PIECE.length; sent++) {
                request.wire().write(PIECE);
            }
        });
        try (Wire wire = connect()) {
            wire.write(Suite.get("plain.example", "/", ""));
            Head head = wire.readFinalHead();
            assertThat(head.values("Content-Length")).containsExactly(Integer.toString(GIGABYTE));
            for (int read = 0; read < GIGABYTE / PIECE.length; read++) {
                wire.readBytes(PIECE.length);
            }
            assertThat(wire.isQuietFor(100)).isTrue();
        }
    }

    @Test
    void heapNeverRanOut() throws IOException {
        assertThat(gateway.log()).doesNotContain("OutOfMemoryError");
    }
}
