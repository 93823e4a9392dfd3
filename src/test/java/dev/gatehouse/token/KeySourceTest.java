package dev.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.RecordingBackend;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REQ-16: reading keys is bounded in time and size. */
@Timeout(30)
class KeySourceTest {
    private static final String TOO_LARGE = "it is larger than 524288 bytes";

    private final KeySource source = new KeySource(Duration.ofSeconds(1));

    @TempDir
    private Path directory = Path.of("");

    private RecordingBackend web;

    @BeforeEach
    void start() throws IOException {
        web = new RecordingBackend();
    }

    @AfterEach
    void stop() throws IOException {
        source.close();
        web.close();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + web.port() + "/keys");
    }

    @Test
    void keysAreFetched() throws Exception {
        web.answers(request -> request.ok("{}"));
        assertThat(source.read(address())).asString().isEqualTo("{}");
        assertThat(web.take().head().target()).isEqualTo("/keys");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 404 No%Content-Length: 2%%{} | the answer is 404, not 200",
                "HTTP/1.1 204 No%% | the answer is 204, not 200",
                "HTTP/1.1 302 There%Location: /other%Content-Length: 0%% | the answer is 302, not 200",
                "HTTP/1.1 200 OK%Content-Length: 524289%%BIG | " + TOO_LARGE,
                "HTTP/1.1 200 OK%Connection: close%%BIG | " + TOO_LARGE,
                "HTTP/1.1 200 OK%Content-Length: 9%%{} | there was no whole answer within 1000 ms",
                "HTTP/1.1 200 OK% | there was no whole answer within 1000 ms",
            })
    void anythingElseIsNoKeySet(String answer, String cause) {
        web.answers(request -> {
            request.wire().write(answer.replace("%", "\r\n").replace("BIG", "x".repeat(KeySource.MOST_BYTES + 1)));
            request.wire().endsWithin(10_000);
        });
        assertThatThrownBy(() -> source.read(address()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(cause);
        assertThat(web.recorded()).isEqualTo(1);
    }

    @Test
    void byteNowAndThenDoesNotStretchTheTime() {
        web.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
            for (int i = 0; i < 100 && !request.wire().endsWithin(50); i++) {
                request.wire().write("x");
            }
        });
        long start = System.nanoTime();
        assertThatThrownBy(() -> source.read(address()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there was no whole answer within 1000 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void readingEndsWithTheGateway() throws Exception {
        KeySource patient = new KeySource(Duration.ofMinutes(10));
        web.answers(request -> request.wire().endsWithin(20_000));
        CompletableFuture<Void> reading = CompletableFuture.runAsync(
                () -> assertThatThrownBy(() -> patient.read(address())).isInstanceOf(IOException.class));
        web.take();
        patient.close();
        reading.get(5, TimeUnit.SECONDS);
    }

    @Test
    void filesAreReadUpToTheSameSize() throws Exception {
        Path file = Files.writeString(directory.resolve("keys.json"), "{}");
        assertThat(source.read(file.toUri())).asString().isEqualTo("{}");

        Files.write(file, new byte[KeySource.MOST_BYTES + 1]);
        assertThatThrownBy(() -> source.read(file.toUri()))
                .isInstanceOf(IOException.class)
                .hasMessage(TOO_LARGE);
        Files.delete(file);
        assertThatThrownBy(() -> source.read(file.toUri())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> source.read(URI.create("file://elsewhere/keys.json")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("names no file of this machine");
    }
}
