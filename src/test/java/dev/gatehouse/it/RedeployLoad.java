package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.RequestLoad;
import dev.gatehouse.testkit.SessionLoad;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What goes on while the gateway is taken away: requests on kept connections, sessions that echo, an upload and an
 * answer that would never end, a client that does not read its answer, requests to a member that is known by name.
 */
final class RedeployLoad implements AutoCloseable {
    static final int SESSIONS = 20;
    private static final String PIECE = "x".repeat(1024);

    private final Home home;
    private final List<RequestLoad> requests;
    private final SessionLoad sessions;
    private final Thread upload = new Thread(this::upload, "test-upload");
    private final Thread download = new Thread(this::download, "test-download");
    private final Wire dawdler;
    private final AtomicLong uploaded = new AtomicLong();
    private final AtomicLong downloaded = new AtomicLong();
    private volatile boolean isOpen = true;

    RedeployLoad(Home home) throws Exception {
        this.home = home;
        home.backends().first.answers(RedeployLoad::echoOrOk);
        home.backends().second.answers(RedeployLoad::echoOrOk);
        home.backends().plain.answers(this::streamOrOk);
        requests = List.of(
                new RequestLoad(home.httpPort(), "two.example", 200, 4),
                new RequestLoad(home.httpPort(), "picked.example", 20, 1), // whose member has a name
                new RequestLoad(home.httpPort(), "sel-dedicated.example", 20, 2));
        sessions = new SessionLoad(
                URI.create("ws://127.0.0.1:" + home.extraPort() + "/"), SESSIONS, Duration.ofMillis(200));
        dawdler = Wire.connect(home.httpPort()).write(Suite.get("plain.example", "/flood", ""));
        upload.start();
        download.start();
    }

    private static void echoOrOk(RecordingBackend.Received request) throws IOException {
        if (request.head().has("Upgrade")) {
            WebSocketWire.accept(request, "").echo();
        } else {
            request.ok("ok");
        }
    }

    private void streamOrOk(RecordingBackend.Received request) throws Exception {
        String line = request.head().startLine();
        if (line.startsWith("POST /up ")) {
            request.body();
        } else if (line.startsWith("GET /down ")) {
            stream(request.wire(), PIECE);
        } else if (line.startsWith("GET /flood ")) {
            stream(request.wire(), PIECE.repeat(256));
        } else {
            request.ok("ok");
            return;
        }
        request.wire().close();
    }

    private void stream(Wire wire, String piece) throws Exception {
        wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (isOpen) {
            wire.writeChunk(piece);
            Thread.sleep(20);
        }
    }

    private void upload() {
        try (Wire wire = Wire.connect(home.httpPort())) {
            wire.write("POST /up HTTP/1.1\r\nHost: plain.example\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (isOpen) {
                wire.writeChunk(PIECE);
                uploaded.incrementAndGet();
                Thread.sleep(20);
            }
        } catch (IOException e) {
            return; // the gateway has gone, as it should
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void download() {
        try (Wire wire = Wire.connect(home.httpPort())) {
            wire.write(Suite.get("plain.example", "/down", ""));
            wire.readFinalHead();
            while (isOpen) {
                downloaded.addAndGet(wire.readChunk().length);
            }
        } catch (IOException | RuntimeException e) {
            return; // the gateway has gone, as it should
        }
    }

    /** All of it has begun, and nothing failed. */
    void assertUnderWay() {
        for (RequestLoad load : requests) {
            assertThat(load.failures()).isEmpty();
            assertThat(load.answered()).as("requests answered").isGreaterThan(5);
        }
        assertThat(sessions.echoes()).as("echoes").isGreaterThan(2 * SESSIONS);
        assertThat(uploaded.get()).as("chunks uploaded").isGreaterThan(10);
        assertThat(downloaded.get()).as("bytes downloaded").isGreaterThan(10L * PIECE.length());
    }

    /** Nothing is left but the client that does not read: it is the container's to end. */
    void assertEnded() {
        assertThat(sessions.ended())
                .extracting(SessionLoad.End::code)
                .hasSize(SESSIONS)
                .containsOnly(1001); // WS-33
        assertThat(download.isAlive()).as("download goes on").isFalse();
        assertThat(upload.isAlive()).as("upload goes on").isFalse();
    }

    @Override
    public void close() throws IOException {
        isOpen = false;
        dawdler.close();
        requests.forEach(RequestLoad::close);
        sessions.close();
    }
}
