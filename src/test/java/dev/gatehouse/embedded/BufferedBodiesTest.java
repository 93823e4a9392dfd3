package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-7 with 1,000 bytes of memory and 100,000 bytes of disk for each body. */
@Timeout(60)
class BufferedBodiesTest {
    private static final int MEMORY = 1_000;
    private static final int DISK = 100_000;

    @TempDir
    static Path directory;

    private static Path spool;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        spool = Files.createDirectory(directory.resolve("spool"));
        gateway = new TestGateway(
                directory,
                "",
                4,
                "\"buffering\": { \"memory\": " + MEMORY + ", \"disk\": " + DISK
                        + ", \"totalDisk\": 1000000, \"sseAutoFlush\": false, \"directory\": \"" + spool + "\" }");
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
    }

    @BeforeEach
    void forget() throws IOException {
        gateway.backend.reset();
    }

    @ParameterizedTest // every boundary between memory, disk and stream
    @ValueSource(ints = {1, 999, 1_000, 1_001, 65_536, 66_536, 100_999, 101_000, 101_001, 3_000_000})
    void bodiesOfAllSizesArriveWhole(int size) throws Exception {
        byte[] body = pattern(size);
        try (Wire wire = gateway.connect()) {
            for (String framing : new String[] {"Content-Length: " + size, "Transfer-Encoding: chunked"}) {
                boolean isChunked = framing.contains("chunked");
                wire.write("PUT / HTTP/1.1\r\nHost: a.example\r\n" + framing + "\r\n\r\n");
                wire.write(isChunked ? Integer.toHexString(size) + "\r\n" : "").write(body);
                wire.write(isChunked ? "\r\n0\r\n\r\n" : "");
                Head head = wire.readFinalHead();
                assertThat(wire.readAnswerBody(head, "PUT")).asString().isEqualTo("ok");
                RecordingBackend.Received received = gateway.backend.take();
                assertThat(received.body()).isEqualTo(body);
                assertThat(received.head().has("Transfer-Encoding")).isEqualTo(isChunked);
            }
        }
        assertThat(spool).isEmptyDirectory();
    }

    @ParameterizedTest // what fits is taken first: no backend waits for a slow client
    @ValueSource(ints = {500, 50_000})
    void slowUploaderHoldsNoBackend(int half) throws Exception {
        try (Wire wire = gateway.connect()) {
            wire.write("PUT / HTTP/1.1\r\nHost: a.example\r\nContent-Length: " + 2 * half + "\r\n\r\n");
            wire.write(pattern(half));
            Thread.sleep(500);
            assertThat(gateway.backend.recorded()).isZero();
            assertThat(spool).isEmptyDirectory(); // its file has no name
            wire.write(pattern(half));
            assertThat(wire.readFinalHead().status()).isEqualTo(200);
        }
        assertThat(gateway.backend.take().body()).hasSize(2 * half);
    }

    @Test // what does not fit is streamed
    void restOfALongUploadIsStreamed() throws Exception {
        CompletableFuture<Integer> early = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            early.complete(request.wire().readBytes(MEMORY + DISK + 10).length);
            request.wire().readBytes(10);
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
        });
        try (Wire wire = gateway.connect()) {
            int size = MEMORY + DISK + 20;
            wire.write("PUT / HTTP/1.1\r\nHost: a.example\r\nContent-Length: " + size + "\r\n\r\n");
            wire.write(pattern(size - 10));
            assertThat(early.get(5, TimeUnit.SECONDS)).isEqualTo(MEMORY + DISK + 10);
            wire.write(pattern(10));
            Head head = wire.readFinalHead();
            assertThat(wire.readAnswerBody(head, "PUT")).asString().isEqualTo("done");
        }
    }

    @Test // REQ-38: what is kept whole can be sent again
    void bufferedBodyIsSentAgainOnANewConnection() throws Exception {
        gateway.backend.answers(request -> request.ok("prime"));
        try (Wire wire = gateway.connect()) {
            put(wire, 10);
            int primed = gateway.backend.take().connection();
            gateway.backend.answers(request -> {
                request.body();
                if (request.connection() <= primed) {
                    request.wire().reset();
                } else {
                    request.ok("again");
                }
            });
            assertThat(put(wire, 50_000)).isEqualTo("again");
        }
        assertThat(gateway.backend.take().body()).hasSize(50_000);
        assertThat(gateway.backend.take().body()).isEqualTo(pattern(50_000));
    }

    private static String put(Wire wire, int size) throws IOException {
        wire.write("PUT / HTTP/1.1\r\nHost: a.example\r\nContent-Length: " + size + "\r\n\r\n")
                .write(pattern(size));
        Head head = wire.readFinalHead();
        return new String(wire.readAnswerBody(head, "PUT"), ISO_8859_1);
    }

    @Test // a client that goes while its body is taken never reaches a backend
    void brokenUploadReachesNoBackend() throws Exception {
        try (Wire wire = gateway.connect()) {
            wire.write("PUT / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 50000\r\n\r\n")
                    .write(pattern(20_000));
        }
        Thread.sleep(500); // nothing may happen
        assertThat(gateway.backend.recorded()).isZero();
        assertThat(spool).isEmptyDirectory();
    }

    @Test // with buffering on and without sseAutoFlush events wait like anything else
    void eventsAreHeldBackWhereTheOperatorSaysSo() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 10\r\n\r\n");
            request.wire().write("first");
            go.get(5, TimeUnit.SECONDS);
            request.wire().write("final");
        });
        try (Wire wire = gateway.connect()) {
            wire.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
            assertThat(wire.isQuietFor(500)).isTrue();
            go.complete(null);
            Head head = wire.readFinalHead();
            assertThat(wire.readAnswerBody(head, "GET")).asString().isEqualTo("firstfinal");
        }
    }

    @Test // beyond the room there is, the client's speed counts again, and nothing is lost
    void drainedAnswerGoesOnWhenItsRoomIsFull() throws Exception {
        int size = 30_000_000;
        byte[] body = pattern(size);
        gateway.backend.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
            request.wire().write(body);
        });
        try (Wire wire = gateway.connect()) {
            wire.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
            Head head = wire.readFinalHead();
            Thread.sleep(1_500); // a slow client
            assertThat(wire.readAnswerBody(head, "GET")).isEqualTo(body);
            wire.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"); // the connection is in order
            assertThat(wire.readFinalHead().status()).isEqualTo(200);
        }
    }

    @Test // REQ-7: a full disk is no failure
    void withoutADiskBodiesAreStreamed(@TempDir Path other) throws Exception {
        try (TestGateway diskless = new TestGateway(
                        other,
                        "",
                        4,
                        "\"buffering\": { \"memory\": 1000, \"directory\": \"" + Files.createFile(other.resolve("file"))
                                + "\" }");
                Wire wire = diskless.connect()) {
            assertThat(put(wire, 500_000)).isEqualTo("ok");
            assertThat(diskless.backend.take().body()).isEqualTo(pattern(500_000));
        }
    }

    private static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }
}
