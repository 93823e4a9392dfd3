package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.model.WebSocketSettings.Compression;
import dev.gatehouse.testkit.DeflatingServer;
import dev.gatehouse.testkit.WebSocketBackend;
import dev.gatehouse.testkit.WebSocketPeer;
import dev.gatehouse.testkit.WebSocketRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bridge's compression with backends, on sockets (WS-41). */
@Timeout(60)
class WebSocketCompressionTest {
    private static WebSocketHarness gateway(long maxBytes, int port) throws Exception {
        WebSocketHarness.Settings settings = new WebSocketHarness.Settings();
        settings.webSocket = new WebSocketSettings(
                WebSocketSettings.Mode.BRIDGE,
                Map.of(),
                Duration.ZERO,
                Duration.ZERO,
                maxBytes,
                false,
                Compression.BOTH,
                Map.of(),
                false,
                List.of());
        return new WebSocketHarness(settings, port);
    }

    @ParameterizedTest
    @EnumSource(DeflatingServer.Kind.class)
    void messagesGoCompressedToBackendsAndComeBackAsTheyWere(DeflatingServer.Kind kind) throws Exception {
        try (DeflatingServer backend = DeflatingServer.start(kind);
                WebSocketHarness gateway = gateway(0, backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            long plain = 0;
            for (String text : texts()) {
                client.peer().text(text);
                assertThat(client.peer().readMessage().text()).isEqualTo(text);
                plain += text.length();
            }
            assertThat(client.answer().field("Sec-WebSocket-Extensions"))
                    .isEmpty(); // per hop: the client asked for none
            assertThat(backend.receivedBytes()).isBetween(plain / 1000, plain / 3);
            client.peer().close(1000, "");
            assertThat(client.peer().read().closeCode()).isEqualTo(1000);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> gateway.bridges().loops().zlib().heldStreams() == 0);
        }
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>(List.of("", "a", "{\"price\": 1.5}".repeat(20), "x".repeat(500_000)));
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            texts.add("{\"symbol\": \"ABC\", \"price\": " + random.nextInt(100)
                    + ", \"side\": \"buy\"} ".repeat(1 + random.nextInt(200)));
        }
        return texts;
    }

    @Test
    void sessionsThatEndInWhateverWayFreeTheirStreams() throws Exception {
        try (DeflatingServer backend = DeflatingServer.start(DeflatingServer.Kind.CONTEXT_KEPT);
                WebSocketHarness gateway = gateway(0, backend.port())) {
            for (int i = 0; i < 30; i++) {
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/");
                client.peer().text("some text that is worth it");
                if (i % 3 > 0) {
                    assertThat(client.peer().readMessage().text()).startsWith("some text");
                }
                if (i % 2 == 0) {
                    client.peer().drop();
                } else {
                    client.peer().write(new byte[] {(byte) 0xFF, 0}); // breaks the protocol
                }
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> gateway.bridges().loops().zlib().heldStreams() == 0
                            && gateway.bridges().count() == 0);
        }
    }

    @ParameterizedTest // RFC 7692 §6.1 and §7.2.3: compressed continuation, compressed control frame, no such data
    @ValueSource(ints = {0, 1, 2})
    void backendThatBreaksTheRulesOfCompressionIsTold(int kind) throws Exception {
        byte[] payload = "not compressed".getBytes(UTF_8);
        int[] codes = new int[1];
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request, "Sec-WebSocket-Extensions: permessage-deflate");
                    if (kind == 0) {
                        peer.frame(false, WebSocketPeer.TEXT, payload);
                        peer.frame(true, 0x40 | WebSocketPeer.CONTINUATION, payload);
                    } else {
                        peer.frame(true, 0x40 | (kind == 1 ? WebSocketPeer.PING : WebSocketPeer.TEXT), payload);
                    }
                    codes[0] = peer.read().closeCode();
                });
                WebSocketHarness gateway = gateway(0, backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            WebSocketPeer.Frame last = client.peer().read();
            while (last.opcode() != WebSocketPeer.CLOSE) {
                last = client.peer().read();
            }
            assertThat(last.closeCode()).isNotEqualTo(1000);
            await().atMost(Duration.ofSeconds(5)).until(() -> codes[0] != 0);
            assertThat(codes[0]).isEqualTo(kind == 2 ? 1007 : 1002);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> gateway.bridges().loops().zlib().heldStreams() == 0);
        }
    }

    @Test
    void answerThatWasNotOfferedIsRefused() throws Exception { // WS-14
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    assertThat(request.field("Sec-WebSocket-Extensions")).contains(DeflateTerms.OFFER);
                    peer.accept(request, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9");
                });
                WebSocketHarness gateway = gateway(0, backend.port());
                WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/")) {
            assertThat(client.answer().status()).isEqualTo(502);
        }
    }
}
