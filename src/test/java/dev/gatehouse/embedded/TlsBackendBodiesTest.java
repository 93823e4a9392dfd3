package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** REQ-7, REQ-8, REQ-38, REQ-40 with a backend behind TLS: what is watched lies below it. Request buffering is off. */
@Timeout(60)
class TlsBackendBodiesTest {
    private static final int LONG = 40_000_000;

    @TempDir
    static Path directory;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        RecordingBackend backend = new RecordingBackend(tls());
        gateway = new TestGateway(directory, "\"enableRequestBuffering\": false", 4, "", backend, "Https");
    }

    private static ServerSocketFactory tls() throws Exception {
        Path file = directory.resolve("backend.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=backend",
                        "-alias",
                        "backend",
                        "-storepass",
                        "changeit",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
    }

    @BeforeEach
    void forget() throws IOException {
        gateway.backend.reset();
    }

    @Test // REQ-38: client gone first
    void clientThatLeavesFreesASilentBackend() throws Exception {
        CompletableFuture<Long> ended = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            assertThat(request.wire().endsWithin(10_000)).isTrue();
            ended.complete(System.nanoTime());
        });
        Wire wire = gateway.connect();
        wire.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
        gateway.backend.take();
        long left = System.nanoTime();
        wire.close();
        assertThat(TimeUnit.NANOSECONDS.toMillis(ended.get(12, TimeUnit.SECONDS) - left))
                .isLessThan(2_000);
    }

    @Test // REQ-40: slices are no shorter and no longer than the whole
    void silentBackendIsGatewayTimeout() throws Exception {
        gateway.backend.answers(request -> request.wire().endsWithin(10_000));
        long start = System.nanoTime();
        try (Wire wire = gateway.connect()) {
            wire.write("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1\r\n\r\nx");
            assertThat(wire.readFinalHead().status()).isEqualTo(504);
        }
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(3_900L, 6_000L);
    }

    @Test // REQ-40: it answers while it reads
    void echoOfALongUploadComesBackWhole() throws Exception {
        byte[] body = new byte[LONG];
        Arrays.fill(body, (byte) 7);
        gateway.backend.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: " + LONG + "\r\n\r\n");
            for (int left = LONG; left > 0; left -= 100_000) {
                request.wire().write(request.wire().readBytes(100_000));
            }
        });
        try (Wire wire = gateway.connect()) {
            wire.write("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: " + LONG + "\r\n\r\n");
            wire.write(body);
            Head head = wire.readFinalHead();
            assertThat(Arrays.equals(wire.readAnswerBody(head, "POST"), body)).isTrue();
            assertThat(exchange(wire)).isEqualTo(200);
        }
    }

    @Test // REQ-46: what it says can only be read when writing has been given up, after requestTimeout
    void refusalByABackendThatReadsNoMoreReachesTheClient() throws Exception {
        gateway.backend.answers(request -> {
            request.wire().write("HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge");
            Thread.sleep(8_000); // holds the connection, reads nothing
            request.wire().close();
        });
        try (Wire wire = gateway.connect()) {
            wire.write("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: " + LONG + "\r\n\r\n");
            Thread upload = new Thread(() -> {
                try {
                    wire.write(new byte[LONG]);
                } catch (IOException e) {
                    return; // the gateway wants no more
                }
            });
            upload.setDaemon(true);
            upload.start();
            assertThat(wire.readFinalHead().status()).isEqualTo(413);
        }
    }

    @Test // REQ-8
    void expectationIsTheBackends() throws Exception {
        gateway.backend.answers(request -> {
            request.wire().write("HTTP/1.1 100 Continue\r\n\r\n");
            request.ok(new String(request.body(), StandardCharsets.ISO_8859_1));
        });
        try (Wire wire = gateway.connect()) {
            for (int i = 0; i < 3; i++) {
                wire.write("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
                assertThat(wire.readHead().status()).isEqualTo(100);
                wire.write("body");
                Head head = wire.readFinalHead();
                assertThat(wire.readAnswerBody(head, "POST")).asString().isEqualTo("body");
            }
        }
    }

    private static int exchange(Wire wire) throws IOException {
        gateway.backend.answers(request -> request.ok("next"));
        wire.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
        return wire.readFinalHead().status();
    }
}
