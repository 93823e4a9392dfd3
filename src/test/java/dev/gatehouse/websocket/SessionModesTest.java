package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.exchange.Departure;
import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.model.WebSocketSettings.Mode;
import dev.gatehouse.observe.SessionEnd;
import dev.gatehouse.observe.SessionEnd.Side;
import dev.gatehouse.observe.SessionStart;
import dev.gatehouse.testkit.WebSocketBackend;
import dev.gatehouse.testkit.WebSocketPeer;
import dev.gatehouse.testkit.WebSocketRecorder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the gateway does to sessions by itself, however they are carried. */
@Timeout(60)
class SessionModesTest {
    private final BlockingQueue<WebSocketPeer.Frame> atBackend = new LinkedBlockingQueue<>();

    /** Keeps what is no pong, answers pings and closes. */
    private WebSocketBackend recording() {
        return WebSocketBackend.start((peer, request) -> {
            peer.accept(request);
            while (true) {
                WebSocketPeer.Frame frame = peer.read();
                if (frame.opcode() == WebSocketPeer.PING) {
                    peer.frame(true, WebSocketPeer.PONG, frame.payload());
                } else {
                    atBackend.add(frame);
                }
                if (frame.opcode() == WebSocketPeer.CLOSE) {
                    peer.frame(true, WebSocketPeer.CLOSE, frame.payload());
                    return;
                }
            }
        });
    }

    private static WebSocketHarness.Settings settings(Mode mode, int pingMillis, int idleMillis, long maxBytes) {
        WebSocketHarness.Settings settings = new WebSocketHarness.Settings();
        settings.webSocket = new WebSocketSettings(
                mode,
                Map.of(),
                Duration.ofMillis(pingMillis),
                Duration.ofMillis(idleMillis),
                maxBytes,
                false,
                WebSocketSettings.Compression.OFF,
                Map.of(),
                false,
                List.of());
        return settings;
    }

    /** The next frame of the client that is no ping; pings are answered. */
    private static WebSocketPeer.Frame next(WebSocketRecorder client) throws Exception {
        WebSocketPeer.Frame frame = client.peer().read();
        while (frame.opcode() == WebSocketPeer.PING) {
            client.peer().frame(true, WebSocketPeer.PONG, frame.payload());
            frame = client.peer().read();
        }
        return frame;
    }

    @ParameterizedTest // WS-35
    @EnumSource(Mode.class)
    void bothLegsArePingedAndNeitherSideSeesThePongs(Mode mode) throws Exception {
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 600, 0, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            for (int i = 0; i < 3; i++) {
                WebSocketPeer.Frame ping = client.peer().read();
                assertThat(ping.opcode()).isEqualTo(WebSocketPeer.PING);
                client.peer().frame(true, WebSocketPeer.PONG, ping.payload());
            }
            client.peer().text("after");
            assertThat(atBackend.poll(5, TimeUnit.SECONDS).text()).isEqualTo("after");
            SessionView view = gateway.bridges().views().get(0);
            assertThat(view.start().mode()).isEqualTo(mode.name().toLowerCase(java.util.Locale.ROOT));
            assertThat(view.clientRtt()).isPresent();
            assertThat(view.backendRtt()).isPresent();
            assertThat(view.messagesIn()).isEqualTo(1);
            assertThat(view.receivedBytes()).isEqualTo(5);
            assertThat(view.start().pool()).isEqualTo("pool");
        }
    }

    @ParameterizedTest // WS-35
    @EnumSource(Mode.class)
    void clientThatAnswersNoPingIsLost(Mode mode) throws Exception {
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 500, 0, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            assertThat(client.answer().status()).isEqualTo(101);
            assertThat(atBackend.poll(10, TimeUnit.SECONDS).closeCode()).isEqualTo(1001);
            SessionEnd report = gateway.reports().poll(10, TimeUnit.SECONDS);
            assertThat(report.closeCode()).isEqualTo(1006);
            assertThat(report.closeSource()).isEqualTo(Side.CLIENT);
        }
    }

    @ParameterizedTest // WS-35
    @EnumSource(Mode.class)
    void backendThatAnswersNoPingIsLost(Mode mode) throws Exception {
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    peer.readToEnd();
                });
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 500, 0, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            assertThat(next(client).closeCode()).isEqualTo(1011);
        }
    }

    @ParameterizedTest // WS-36
    @EnumSource(Mode.class)
    void idleSessionGets1001OnBothSidesInSpiteOfOurPings(Mode mode) throws Exception {
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 300, 1500, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            assertThat(next(client).closeCode()).isEqualTo(1001);
            assertThat(atBackend.poll(5, TimeUnit.SECONDS).closeCode()).isEqualTo(1001);
        }
    }

    @ParameterizedTest // WS-35, WS-36
    @EnumSource(Mode.class)
    void clientInTheMidstOfALongFrameIsNeitherLostNorIdle(Mode mode) throws Exception {
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 300, 1200, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            byte[] frame = client.peer().encode(true, WebSocketPeer.BINARY, new byte[60_000]);
            for (int from = 0; from < frame.length; from += 2000) {
                client.peer().write(java.util.Arrays.copyOfRange(frame, from, Math.min(frame.length, from + 2000)));
                TimeUnit.MILLISECONDS.sleep(100); // three seconds in all, without a pong
            }
            assertThat(whole()).isEqualTo(60_000);
        }
    }

    // A bridge may cut a message into fragments.
    private int whole() throws InterruptedException {
        int length = 0;
        WebSocketPeer.Frame frame;
        do {
            frame = atBackend.poll(5, TimeUnit.SECONDS);
            assertThat(frame.opcode()).isIn(WebSocketPeer.BINARY, WebSocketPeer.CONTINUATION);
            length += frame.payload().length;
        } while (!frame.isFinal());
        return length;
    }

    @ParameterizedTest // WS-35, WS-36
    @EnumSource(Mode.class)
    void clientThatIsSentALongFrameIsNeitherLostNorIdle(Mode mode) throws Exception {
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    byte[] frame = peer.encode(true, WebSocketPeer.BINARY, new byte[60_000]);
                    for (int from = 0; from < frame.length; from += 2000) {
                        peer.write(java.util.Arrays.copyOfRange(frame, from, Math.min(frame.length, from + 2000)));
                        TimeUnit.MILLISECONDS.sleep(100);
                    }
                    peer.readToEnd();
                });
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 300, 1200, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            int length = 0;
            boolean isOver = false;
            while (!isOver) {
                WebSocketPeer.Frame frame = next(client);
                assertThat(frame.opcode()).isIn(WebSocketPeer.BINARY, WebSocketPeer.CONTINUATION);
                length += frame.payload().length;
                isOver = frame.isFinal();
            }
            assertThat(length).isEqualTo(60_000);
        }
    }

    @ParameterizedTest // WS-32
    @EnumSource(Mode.class)
    void messageOverTheLimitGets1009AndTheOtherSide1001(Mode mode) throws Exception {
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 0, 0, 10), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            client.peer().text("0123456789");
            client.peer().text("0123456789X");
            assertThat(client.peer().read().closeCode()).isEqualTo(1009);
            assertThat(atBackend.poll(5, TimeUnit.SECONDS).text()).isEqualTo("0123456789");
            assertThat(atBackend.poll(5, TimeUnit.SECONDS).closeCode()).isEqualTo(1001);
        }
    }

    @ParameterizedTest // product.md section 4
    @EnumSource(Mode.class)
    void operatorEndsASession(Mode mode) throws Exception {
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 0, 0, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            await().until(() -> gateway.bridges().count() == 1);
            client.peer().text("x");
            assertThat(atBackend.poll(5, TimeUnit.SECONDS).text()).isEqualTo("x");
            String id = gateway.bridges().views().get(0).start().traceId();
            assertThat(gateway.bridges().end("other", 4000, "no")).isFalse();
            assertThatThrownBy(() -> gateway.bridges().end(id, 1005, "")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> gateway.bridges().end(id, 1000, "x".repeat(124)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(gateway.bridges().end(id, 4000, "enough")).isTrue();
            WebSocketPeer.Frame close = client.peer().read();
            assertThat(close.closeCode()).isEqualTo(4000);
            assertThat(close.closeReason()).isEqualTo("enough");
            assertThat(atBackend.poll(5, TimeUnit.SECONDS).closeCode()).isEqualTo(4000);
            SessionEnd report = gateway.reports().poll(10, TimeUnit.SECONDS);
            assertThat(report.closeSource()).isEqualTo(Side.GATEWAY);
            assertThat(gateway.bridges().end(id, 4000, "enough")).isFalse();
        }
    }

    @ParameterizedTest // WS-33
    @EnumSource(Mode.class)
    void sessionThatMustGoLeavesBetweenTwoFrames(Mode mode) throws Exception {
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 0, 0, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            byte[] frame = client.peer().encode(true, WebSocketPeer.BINARY, new byte[1000]);
            client.peer().write(java.util.Arrays.copyOf(frame, 500));
            await().until(() -> gateway.bridges().count() == 1);
            Departure departure = new Departure("why", "moved away", Duration.ZERO, Duration.ZERO);
            gateway.bridges().depart(position -> Optional.of(departure), 2);
            WebSocketPeer.Frame close = client.peer().read();
            assertThat(close.closeCode()).isEqualTo(1001);
            assertThat(close.closeReason()).isEqualTo("moved away");
            client.peer().write(java.util.Arrays.copyOfRange(frame, 500, frame.length));
            if (mode == Mode.RELAY) { // a bridge drops what its client sends after that
                assertThat(atBackend.poll(5, TimeUnit.SECONDS).payload()).hasSize(1000);
            }
            assertThat(atBackend.poll(5, TimeUnit.SECONDS).closeCode()).isEqualTo(1001);
        }
    }

    @ParameterizedTest // WS-33
    @EnumSource(Mode.class)
    void endOfTheGatewayIsTold(Mode mode) throws Exception {
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 0, 0, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            client.peer().text("x");
            assertThat(atBackend.poll(5, TimeUnit.SECONDS).text()).isEqualTo("x");
            gateway.bridges().beginClose();
            assertThat(client.peer().read().closeCode()).isEqualTo(1001);
            assertThat(atBackend.poll(5, TimeUnit.SECONDS).closeCode()).isEqualTo(1001);
        }
    }

    @ParameterizedTest // websocket.md section 7
    @EnumSource(Mode.class)
    void sessionIsToldAndCounted(Mode mode) throws Exception {
        try (WebSocketBackend backend = WebSocketBackend.echo();
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 0, 0, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/chat?secret=1")) {
            SessionStart start = gateway.starts().poll(10, TimeUnit.SECONDS);
            assertThat(start.mode()).isEqualTo(mode.name().toLowerCase(java.util.Locale.ROOT));
            assertThat(start.requestUri()).isEqualTo("/chat");
            assertThat(active(gateway)).isEqualTo(1);
            client.peer().text("four");
            assertThat(client.peer().read().text()).isEqualTo("four");
            client.peer().binary(new byte[] {1, 2});
            assertThat(client.peer().read().payload()).hasSize(2);
            client.peer().close(4001, "bye");
            assertThat(client.peer().read().closeCode()).isEqualTo(4001);
            SessionEnd end = gateway.reports().poll(10, TimeUnit.SECONDS);
            assertThat(end.start()).isEqualTo(start);
            assertThat(end.closeCode()).isEqualTo(4001);
            assertThat(end.closeSource()).isEqualTo(Side.CLIENT);
            assertThat(end.messagesIn()).isEqualTo(2);
            assertThat(end.messagesOut()).isEqualTo(2);
            assertThat(active(gateway)).isZero();
            for (String direction : new String[] {"in", "out"}) {
                assertThat(counted(gateway, "messages", "direction", direction, "type", "text"))
                        .isEqualTo(1);
                assertThat(counted(gateway, "messages", "direction", direction, "type", "binary"))
                        .isEqualTo(1);
                assertThat(counted(gateway, "bytes", "direction", direction)).isEqualTo(6);
            }
            assertThat(counted(gateway, "closes", "source", "client", "code", "4xxx"))
                    .isEqualTo(1);
            assertThat(counted(gateway, "handshakes", "listener", "listener", "pool", "pool", "result", "accepted"))
                    .isEqualTo(1);
        }
    }

    private static double active(WebSocketHarness gateway) {
        return gateway.meters()
                .get("gatehouse.websocket.sessions.active")
                .tags("listener", "listener", "pool", "pool")
                .gauge()
                .value();
    }

    private static double counted(WebSocketHarness gateway, String name, String... tags) {
        return gateway.meters()
                .get("gatehouse.websocket." + name)
                .tags(tags)
                .counter()
                .count();
    }

    @ParameterizedTest // websocket.md section 7
    @EnumSource(Mode.class)
    void handshakesThatFailAreCounted(Mode mode) throws Exception {
        try (WebSocketBackend backend = WebSocketBackend.start(
                        (peer, request) -> peer.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 0, 0, 0), backend.port())) {
            try (WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/")) {
                assertThat(client.answer().status()).isEqualTo(403);
            }
            try (WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/", "Sec-WebSocket-Version: 8")) {
                assertThat(client.answer().status()).isEqualTo(426);
            }
            gateway.all(dev.gatehouse.upstream.Health.UNHEALTHY);
            try (WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/")) {
                assertThat(client.answer().status()).isEqualTo(502);
            }
            String[] path = {"listener", "listener", "pool", "pool", "result", "refused"};
            assertThat(counted(gateway, "handshakes", path)).isEqualTo(1);
            path[5] = "no_live_backend";
            assertThat(counted(gateway, "handshakes", path)).isEqualTo(1);
            assertThat(counted(gateway, "handshakes", "listener", "-", "pool", "-", "result", "handshake_version"))
                    .isEqualTo(1);
            assertThat(gateway.starts()).isEmpty();
        }
    }

    @ParameterizedTest // WS-35
    @EnumSource(Mode.class)
    void slowFrameIsASignOfLife(Mode mode) throws Exception {
        byte[] frame = new byte[1004];
        ByteBuffer.wrap(frame).put((byte) 0x82).put((byte) 126).putShort((short) 1000);
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    for (int i = 0; i < frame.length; i += 251) { // three seconds, six times the interval
                        peer.write(Arrays.copyOfRange(frame, i, i + 251));
                        Thread.sleep(750);
                    }
                    peer.readToEnd();
                });
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 500, 0, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            assertThat(next(client).opcode()).isEqualTo(WebSocketPeer.BINARY);
        }
    }

    @Test // WS-42
    void closeThatComesWithTheAnswerPassesAsAnyOther() throws Exception {
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: "
                            + WebSocketPeer.acceptFor(
                                    request.field("Sec-WebSocket-Key").orElseThrow())
                            + "\r\n\r\n";
                    byte[] close = peer.encode(true, WebSocketPeer.CLOSE, new byte[] {0x0F, (byte) 0xA1, 'b'});
                    byte[] both = Arrays.copyOf(head.getBytes(ISO_8859_1), head.length() + close.length);
                    System.arraycopy(close, 0, both, head.length(), close.length);
                    peer.write(both);
                    atBackend.add(peer.read());
                    atBackend.add(peer.read());
                });
                WebSocketHarness gateway = new WebSocketHarness(settings(Mode.RELAY, 0, 0, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            WebSocketPeer.Frame told = client.peer().read();
            assertThat(told.closeCode()).isEqualTo(4001);
            assertThat(told.closeReason()).isEqualTo("b");
            client.peer().text("last words");
            client.peer().close(4777, "mine");
            assertThat(atBackend.poll(5, TimeUnit.SECONDS).text()).isEqualTo("last words");
            assertThat(atBackend.poll(5, TimeUnit.SECONDS).closeCode()).isEqualTo(4777);
            SessionEnd report = gateway.reports().poll(10, TimeUnit.SECONDS);
            assertThat(report.closeCode()).isEqualTo(4001);
            assertThat(report.closeSource()).isEqualTo(Side.SERVER);
        }
    }

    @ParameterizedTest // websocket.md 7
    @EnumSource(Mode.class)
    void whatIsAnnouncedButNeverComesIsNotCounted(Mode mode) throws Exception {
        try (WebSocketBackend backend = recording();
                WebSocketHarness gateway = new WebSocketHarness(settings(mode, 0, 0, 0), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            client.peer().text("whole");
            assertThat(atBackend.poll(5, TimeUnit.SECONDS).text()).isEqualTo("whole");
            ByteBuffer giant = ByteBuffer.allocate(16).put((byte) 0x82).put((byte) 0xFF);
            client.peer()
                    .write(giant.putLong(1L << 62).putInt(0).putShort((short) 0).array());
            client.peer().drop();
            SessionEnd report = gateway.reports().poll(10, TimeUnit.SECONDS);
            assertThat(report.messagesIn()).isEqualTo(1);
            assertThat(report.receivedBytes()).isBetween(5L, 7L); // a reset may take the last two away
        }
    }
}
