package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.observe.SessionEnd;
import dev.gatehouse.observe.SessionEnd.Side;
import dev.gatehouse.testkit.WebSocketBackend;
import dev.gatehouse.testkit.WebSocketPeer;
import dev.gatehouse.testkit.WebSocketRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How sessions end, on sockets (websocket.md 4 and 5). */
class WebSocketEndTest {
    private final BlockingQueue<WebSocketPeer.Frame> atBackend = new LinkedBlockingQueue<>();

    private WebSocketBackend recording() {
        return WebSocketBackend.start((peer, request) -> {
            peer.accept(request);
            record(peer);
        });
    }

    private void record(WebSocketPeer peer) throws IOException {
        WebSocketPeer.Frame frame = peer.read();
        while (frame.opcode() != WebSocketPeer.CLOSE) {
            atBackend.add(frame);
            frame = peer.read();
        }
        atBackend.add(frame);
        peer.frame(true, WebSocketPeer.CLOSE, frame.payload());
    }

    private WebSocketPeer.Frame closeAtBackend() throws InterruptedException {
        WebSocketPeer.Frame frame = atBackend.poll(5, TimeUnit.SECONDS);
        assertThat(frame).isNotNull();
        assertThat(frame.opcode()).isEqualTo(WebSocketPeer.CLOSE);
        return frame;
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "1001, 1001", "1007, 1007", "1008, 1008", "1011, 1011", "3001, 3001", "4999, 4999"})
    void clientsCloseReachesTheBackend(int sent, int told) throws Exception { // acceptance 6
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            client.peer().close(sent, "so long");
            assertThat(client.peer().read().closeCode()).isEqualTo(sent);
            client.assertExhausted();
            WebSocketPeer.Frame close = closeAtBackend();
            assertThat(close.closeCode()).isEqualTo(told);
            assertThat(close.closeReason()).isEqualTo("so long");
            assertReport(gateway, sent, Side.CLIENT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000",
        "1001, 1001",
        "1011, 1011",
        "1012, 1012",
        "1013, 1013",
        "1014, 1014",
        "3001, 3001",
        "4999, 4999",
        "1005, 1000",
        "1006, 1002",
        "1015, 1011",
        "999, 1002",
        "2000, 1002",
    })
    void backendsCloseReachesTheClient(int sent, int told) throws Exception { // acceptance 6, websocket.md 5, T3
        BlockingQueue<WebSocketPeer.Frame> answers = new LinkedBlockingQueue<>();
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    if (sent == 1005) {
                        peer.frame(true, WebSocketPeer.CLOSE, new byte[0]);
                    } else {
                        peer.close(sent, "so long");
                    }
                    answers.add(peer.read());
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            WebSocketPeer.Frame close = client.expectClose();
            assertThat(close.closeCode()).isEqualTo(told);
            assertThat(close.closeReason()).isEqualTo(sent == 1005 ? "" : "so long");
            WebSocketPeer.Frame answer = answers.poll(5, TimeUnit.SECONDS);
            assertThat(answer).isNotNull();
            assertThat(answer.closeCode()).isEqualTo(CloseCode.relayed(sent));
            assertReport(gateway, sent, Side.SERVER);
        }
    }

    private static void assertReport(WebSocketHarness gateway, int code, Side side) throws InterruptedException {
        SessionEnd report = gateway.reports().poll(6, TimeUnit.SECONDS);
        assertThat(report).isNotNull();
        assertThat(report.closeCode()).isEqualTo(code);
        assertThat(report.closeSource()).isEqualTo(side);
        await().atMost(Duration.ofSeconds(6)).until(() -> gateway.bridges().count() == 0);
    }

    @Test
    void backendThatClosesRightAwayIsRepeatedToTheClient() throws Exception { // platform-notes 3.1
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    String accept = WebSocketPeer.acceptFor(
                            request.field("Sec-WebSocket-Key").orElseThrow());
                    peer.write("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                            + accept + "\r\n\r\n\u0088\u0002\u0003\u00f3");
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            assertThat(client.expectClose().closeCode()).isEqualTo(1011);
            assertReport(gateway, 1011, Side.SERVER);
        }
    }

    @Test
    void lostBackendIsToldToTheClientAfterItsLastMessage() throws Exception { // WS-37, acceptance 7
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    peer.text("last words");
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            assertThat(client.peer().readMessage().text()).isEqualTo("last words");
            assertThat(client.expectClose().closeCode()).isEqualTo(1011);
            assertReport(gateway, 1006, Side.SERVER);
        }
    }

    @Test
    void resetBackendIsToldToTheClient() throws Exception { // WS-37
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    peer.read();
                    peer.drop();
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            client.peer().text("go");
            assertThat(client.expectClose().closeCode()).isEqualTo(1011);
        }
    }

    @Test
    void lostClientIsToldToTheBackend() throws Exception { // WS-37, acceptance 7
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = WebSocketHarness.to(backend.port())) {
            WebSocketRecorder.open(gateway.port(), "/").peer().drop();
            assertThat(closeAtBackend().closeCode()).isEqualTo(1001);
            WebSocketRecorder.open(gateway.port(), "/").close();
            assertThat(closeAtBackend().closeCode()).isEqualTo(1001);
            assertReport(gateway, 1006, Side.CLIENT);
        }
    }

    @Test
    void backendThatNeverAnswersACloseIsCutAfterFiveSeconds() throws Exception { // WS-37
        BlockingQueue<Integer> end = new LinkedBlockingQueue<>();
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    peer.read();
                    end.add(peer.readRaw());
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            client.peer().close(1000, "");
            assertThat(end.poll(7, TimeUnit.SECONDS)).isEqualTo(-1);
            assertReport(gateway, 1000, Side.CLIENT);
        }
    }

    @Test
    void clientThatNeverAnswersACloseIsCut() throws Exception { // WS-37
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    peer.close(1000, "");
                    peer.readToEnd();
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            client.peer().read();
            client.peer().socket().setSoTimeout(8_000);
            client.assertExhausted();
        }
    }

    @Test
    void backendsBrokenTextGets1007AndTheClient1011() throws Exception { // WS-30
        assertFault(new byte[] {(byte) 0x81, 2, (byte) 0xC3, 0x28}, 1007, 1011);
    }

    @Test
    void backendsMaskedFrameGets1002AndTheClient1011() throws Exception { // RFC 6455 §5.1
        assertFault(new byte[] {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0}, 1002, 1011);
    }

    private static void assertFault(byte[] wrong, int toBackend, int toClient) throws Exception {
        BlockingQueue<WebSocketPeer.Frame> answers = new LinkedBlockingQueue<>();
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    peer.text("good");
                    peer.write(wrong);
                    answers.add(peer.read());
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            assertThat(client.peer().readMessage().text()).isEqualTo("good");
            assertThat(client.expectClose().closeCode()).isEqualTo(toClient);
            WebSocketPeer.Frame answer = answers.poll(5, TimeUnit.SECONDS);
            assertThat(answer).isNotNull();
            assertThat(answer.closeCode()).isEqualTo(toBackend);
            assertReport(gateway, toBackend, Side.GATEWAY);
        }
    }

    @Test
    void clientsBrokenTextGets1007AndTheBackend1011() throws Exception { // WS-30
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            client.peer().frame(true, WebSocketPeer.TEXT, new byte[] {(byte) 0xC3, 0x28});
            assertThat(client.peer().read().closeCode()).isEqualTo(1007);
            assertThat(closeAtBackend().closeCode()).isEqualTo(1011);
        }
    }

    private static WebSocketHarness.Settings settings(Duration idle, Duration ping, long maxBytes, boolean cuts) {
        WebSocketHarness.Settings settings = new WebSocketHarness.Settings();
        WebSocketSettings base = WebSocketSettings.DEFAULT;
        settings.requestTimeout = Duration.ofSeconds(1);
        settings.webSocket = new WebSocketSettings(
                base.mode(), Map.of(), ping, idle, maxBytes, cuts, base.compression(), Map.of(), false, List.of());
        return settings;
    }

    @Test
    void requestTimeoutDoesNotEndAnOpenSession() throws Exception { // WS-6, WS-20, acceptance 3
        try (WebSocketBackend backend = WebSocketBackend.echo();
                WebSocketHarness gateway =
                        new WebSocketHarness(settings(Duration.ZERO, Duration.ZERO, 0, false), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            client.peer().socket().setSoTimeout(2500);
            assertThatThrownBy(() -> client.peer().read()).hasMessageContaining("timed out");
            client.peer().socket().setSoTimeout(5000);
            client.peer().text("still here");
            assertThat(client.peer().readMessage().text()).isEqualTo("still here");
        }
    }

    @Test
    void requestTimeoutCutsASilentSessionIfAskedTo() throws Exception { // WS-20, acceptance 3
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway =
                        new WebSocketHarness(settings(Duration.ZERO, Duration.ZERO, 0, true), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            assertThat(client.peer().readToEnd()).isEmpty();
            await().atMost(Duration.ofSeconds(5)).until(() -> gateway.bridges().count() == 0);
            assertThat(atBackend).isEmpty(); // no Close on either side
        }
    }

    @Test
    void idleSessionGets1001OnBothSides() throws Exception { // WS-36
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway =
                        new WebSocketHarness(settings(Duration.ofSeconds(1), Duration.ZERO, 0, false), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            assertThat(client.expectClose().closeCode()).isEqualTo(1001);
            assertThat(closeAtBackend().closeCode()).isEqualTo(1001);
            assertReport(gateway, 1001, Side.GATEWAY);
        }
    }

    @Test
    void messageOverTheLimitEndsTheSessionEitherWay() throws Exception { // WS-32
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway =
                        new WebSocketHarness(settings(Duration.ZERO, Duration.ZERO, 10, false), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            client.peer().text("0123456789");
            client.peer().text("0123456789X");
            assertThat(client.expectClose().closeCode()).isEqualTo(1009);
            assertThat(atBackend.poll(5, TimeUnit.SECONDS))
                    .isNotNull()
                    .extracting(f -> f.text())
                    .isEqualTo("0123456789");
            assertThat(closeAtBackend().closeCode()).isEqualTo(1001);
        }
        BlockingQueue<WebSocketPeer.Frame> answers = new LinkedBlockingQueue<>();
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    peer.frame(false, WebSocketPeer.BINARY, new byte[10]);
                    peer.frame(true, WebSocketPeer.CONTINUATION, new byte[1]);
                    answers.add(peer.read());
                });
                WebSocketHarness gateway =
                        new WebSocketHarness(settings(Duration.ZERO, Duration.ZERO, 10, false), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            assertThat(client.peer().read().opcode()).isEqualTo(WebSocketPeer.BINARY);
            assertThat(client.expectClose().closeCode()).isEqualTo(1001);
            assertThat(answers.poll(5, TimeUnit.SECONDS))
                    .extracting(f -> f.closeCode())
                    .isEqualTo(1009);
        }
    }

    @Test
    void backendIsPingedAndLostWhenItDoesNotAnswer() throws Exception { // WS-35
        BlockingQueue<WebSocketPeer.Frame> pings = new LinkedBlockingQueue<>();
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    WebSocketPeer.Frame ping = peer.read();
                    pings.add(ping);
                    peer.frame(true, WebSocketPeer.PONG, ping.payload());
                    peer.readToEnd();
                });
                WebSocketHarness gateway = new WebSocketHarness(
                        settings(Duration.ZERO, Duration.ofMillis(600), 0, false), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            WebSocketPeer.Frame frame = client.peer().read();
            while (frame.opcode() == WebSocketPeer.PING) { // the client is asked as well
                client.peer().frame(true, WebSocketPeer.PONG, frame.payload());
                frame = client.peer().read();
            }
            assertThat(frame.closeCode()).isEqualTo(1011);
            assertThat(pings.poll()).extracting(WebSocketPeer.Frame::opcode).isEqualTo(WebSocketPeer.PING);
        }
    }

    @Test
    void gatewaysEndTellsBothSides() throws Exception { // WS-33
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            client.peer().text("x");
            assertThat(atBackend.poll(5, TimeUnit.SECONDS))
                    .extracting(f -> new String(f.payload(), UTF_8))
                    .isEqualTo("x");
            gateway.bridges().close();
            assertThat(client.expectClose().closeCode()).isEqualTo(1001);
            assertThat(closeAtBackend().closeCode()).isEqualTo(1001);
        }
    }
}
