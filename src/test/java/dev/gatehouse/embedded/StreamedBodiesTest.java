package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend.Received;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-7, REQ-8 with both kinds of buffering off: everything passes as it comes. */
@Timeout(60)
class StreamedBodiesTest {
    @TempDir
    static Path directory;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new TestGateway(
                directory, "\"enableRequestBuffering\": false, \"enableResponseBuffering\": false", 4, "");
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
    }

    @BeforeEach
    void forget() throws IOException {
        gateway.backend.reset();
    }

    @Test // REQ-40: the first bytes are at the backend before the client sent the last
    void uploadWithLengthIsStreamed() throws Exception {
        CompletableFuture<String> early = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            early.complete(new String(request.wire().readBytes(5), ISO_8859_1));
            request.wire().readBytes(5);
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
        });
        try (Wire wire = gateway.connect()) {
            wire.write("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 10\r\n\r\nfirst");
            assertThat(early.get(5, TimeUnit.SECONDS)).isEqualTo("first");
            wire.write("final");
            Head head = wire.readFinalHead();
            assertThat(wire.readAnswerBody(head, "POST")).asString().isEqualTo("done");
        }
    }

    @Test // REQ-40, REQ-43
    void chunkedUploadIsStreamed() throws Exception {
        CompletableFuture<String> early = new CompletableFuture<>();
        CompletableFuture<String> rest = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            early.complete(new String(request.wire().readChunk(), ISO_8859_1));
            rest.complete(new String(request.body(), ISO_8859_1));
            request.ok("done");
        });
        try (Wire wire = gateway.connect()) {
            wire.write("POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n");
            wire.writeChunk("first");
            assertThat(early.get(5, TimeUnit.SECONDS)).isEqualTo("first");
            wire.writeChunk("second").writeChunk("third").write("0\r\n\r\n");
            Head head = wire.readFinalHead();
            assertThat(wire.readAnswerBody(head, "POST")).asString().isEqualTo("done");
            assertThat(rest.get(5, TimeUnit.SECONDS)).isEqualTo("secondthird");
        }
    }

    @Test // REQ-43: half an upload must not look like a whole one
    void brokenChunkedUploadHasNoLastChunk() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            StringBuilder all = new StringBuilder();
            try {
                while (true) {
                    all.append((char) request.wire().read());
                }
            } catch (IOException e) {
                seen.complete(all.toString());
            }
        });
        Wire wire = gateway.connect();
        wire.write("POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n");
        wire.writeChunk("first");
        gateway.backend.take();
        wire.close();
        assertThat(seen.get(5, TimeUnit.SECONDS)).contains("first").doesNotEndWith("0\r\n\r\n");
    }

    @Test // REQ-8: whoever sends nothing before it is asked is asked by the backend
    void expectationIsTheBackends() throws Exception {
        CompletableFuture<Boolean> wasQuiet = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            assertThat(request.head().values("Expect")).containsExactly("100-continue");
            wasQuiet.complete(request.wire().isQuietFor(300));
            request.wire().write("HTTP/1.1 100 Continue\r\n\r\n");
            request.ok(new String(request.body(), ISO_8859_1));
        });
        try (Wire wire = gateway.connect()) {
            wire.write(expectant("body".length()));
            assertThat(wire.isQuietFor(200) ? "" : wire.readHead().toString()).isEmpty();
            assertThat(wire.readHead().status()).isEqualTo(100);
            wire.write("body");
            Head head = wire.readFinalHead();
            assertThat(wire.readAnswerBody(head, "POST")).asString().isEqualTo("body");
            assertThat(wasQuiet.get(1, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest // REQ-8: the body is never sent, and what the client does next cannot be taken for it
    @ValueSource(strings = {"417 Expectation Failed", "413 Too Large", "200 OK", "302 Found"})
    void finalAnswerInPlaceOfContinueEndsIt(String status) throws Exception {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            request.wire().write("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nno");
            ended.complete(request.wire().endsWithin(3_000));
        });
        try (Wire wire = gateway.connect()) {
            wire.write(expectant(4));
            Head head = wire.readHead();
            assertThat(head.startLine()).contains(status.substring(0, 3));
            assertThat(wire.readAnswerBody(head, "POST")).asString().isEqualTo("no");
            assertThat(head.value("Connection")).isEqualTo("close");
            assertThat(wire.endsWithin(3_000)).isTrue();
        }
        assertThat(ended.get(4, TimeUnit.SECONDS)).isTrue();
    }

    @Test // REQ-8, RFC 9110 section 10.1.1: a backend that does not know Expect gets the body after a while
    void backendThatIgnoresTheExpectationGetsTheBody() throws Exception {
        gateway.backend.answers(request -> request.ok(new String(request.body(), ISO_8859_1)));
        try (Wire wire = gateway.connect()) {
            wire.write(expectant(4));
            assertThat(wire.readHead().status()).isEqualTo(100);
            wire.write("body");
            Head head = wire.readFinalHead();
            assertThat(wire.readAnswerBody(head, "POST")).asString().isEqualTo("body");
        }
    }

    @Test // REQ-46, RFC 9112 section 9.5: it neither reads on nor closes
    void refusalByABackendThatReadsNoMoreReachesTheClient() throws Exception {
        gateway.backend.answers(request -> {
            request.wire().write("HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge");
            Thread.sleep(3_000); // holds the connection, reads nothing
            request.wire().close();
        });
        try (Wire wire = gateway.connect()) {
            wire.write("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 50000000\r\n\r\n");
            uploading(wire, 50_000_000);
            assertThat(wire.readFinalHead().status()).isEqualTo(413);
        }
    }

    @Test // REQ-40: it answers while it reads, and would stop reading if nobody took its answer
    void echoOfALongUploadComesBackWhole() throws Exception {
        int size = 40_000_000;
        gateway.backend.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
            for (int left = size; left > 0; left -= 100_000) {
                request.wire().write(request.wire().readBytes(100_000));
            }
        });
        try (Wire wire = gateway.connect()) {
            wire.write("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: " + size + "\r\n\r\n");
            uploading(wire, size);
            Head head = wire.readFinalHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(wire.readAnswerBody(head, "POST")).hasSize(size);
        }
        assertThat(gateway.backend.take().head().method()).isEqualTo("POST");
    }

    @ParameterizedTest // REQ-7: every chunk is flushed at once
    @CsvSource({"text/event-stream", "text/plain"})
    void chunksArriveOneByOne(String type) throws Exception {
        CompletableFuture<Void> clientHas = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            request.wire().writeChunk("first");
            clientHas.get(5, TimeUnit.SECONDS);
            request.wire().writeChunk("second").write("0\r\n\r\n");
        });
        try (Wire wire = gateway.connect()) {
            wire.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
            wire.readFinalHead();
            assertThat(wire.readChunk()).asString().isEqualTo("first");
            clientHas.complete(null);
            assertThat(wire.readChunk()).asString().isEqualTo("second");
            assertThat(wire.readChunk()).isEmpty();
        }
    }

    @Test // REQ-7: without buffering a slow client holds its backend back
    void slowClientHoldsTheBackend() throws Exception {
        CompletableFuture<Void> allTaken = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            sendLong(request, 50_000_000);
            allTaken.complete(null);
        });
        try (Wire wire = gateway.connect()) {
            wire.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
            Head head = wire.readFinalHead();
            Thread.sleep(1_500);
            assertThat(allTaken).isNotDone();
            assertThat(wire.readAnswerBody(head, "GET")).hasSize(50_000_000);
        }
    }

    private static void sendLong(Received request, int size) throws IOException {
        request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
        byte[] piece = new byte[100_000];
        for (int sent = 0; sent < size; sent += piece.length) {
            request.wire().write(piece);
        }
    }

    private static String expectant(int length) {
        return "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: " + length + "\r\nExpect: 100-continue\r\n\r\n";
    }

    private static void uploading(Wire wire, int size) {
        Thread upload = new Thread(() -> {
            byte[] piece = new byte[100_000];
            try {
                for (int sent = 0; sent < size; sent += piece.length) {
                    wire.write(piece);
                }
            } catch (IOException e) {
                return; // the gateway wants no more
            }
        });
        upload.setDaemon(true);
        upload.start();
    }
}
