package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.WebSocketWire.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WS-6, WS-30 to WS-37, section 5: what happens on an open session. */
interface WebSocketSessionSuite extends Suite {
    /** Both ends of one session, the backend's driven by the test. */
    record Pair(WebSocketWire client, WebSocketWire backend) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
            backend.close();
        }
    }

    private Pair pair() throws Exception {
        return pair("plain.example");
    }

    private Pair pair(String host) throws Exception {
        CompletableFuture<WebSocketWire> accepted = new CompletableFuture<>();
        CompletableFuture<Void> released = new CompletableFuture<>();
        backends().plain.answers(request -> {
            accepted.complete(WebSocketWire.accept(request, ""));
            released.get(5, TimeUnit.MINUTES); // the test's thread owns the wire
        });
        WebSocketWire client = openWebSocket(host, "/");
        return new Pair(client, accepted.get(5, TimeUnit.SECONDS));
    }

    @ParameterizedTest // WS-30, WS-31: lengths around every change of the frame head, RFC 6455 §5.2
    @ValueSource(ints = {0, 1, 125, 126, 127, 8191, 8192, 8193, 65535, 65536, 200_000, 1_048_576})
    default void messagesOfAnyLengthArriveWhole(int length) throws Exception {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 'x');
        try (Pair pair = pair()) {
            for (int opcode : new int[] {WebSocketWire.TEXT, WebSocketWire.BINARY}) {
                pair.client().send(true, opcode, payload);
                assertSame(pair.backend().readMessage(), opcode, payload);
                pair.backend().send(true, opcode, payload);
                assertSame(pair.client().readMessage(), opcode, payload);
            }
        }
    }

    private static void assertSame(Frame message, int opcode, byte[] payload) {
        assertThat(message.opcode()).isEqualTo(opcode);
        assertThat(Arrays.equals(message.payload(), payload)).as("payload").isTrue();
    }

    @Test // section 9 item 8, T15: four-byte characters, cut at every place
    default void textWithFourByteCharactersArrivesWhole() throws Exception {
        byte[] text = "\ud83d\ude00a\u00e9\u20ac".repeat(104_858).getBytes(StandardCharsets.UTF_8); // 1 MiB
        try (Pair pair = pair()) {
            pair.client().send(true, WebSocketWire.TEXT, text);
            assertSame(pair.backend().readMessage(), WebSocketWire.TEXT, text);
            pair.backend().send(true, WebSocketWire.TEXT, text);
            assertSame(pair.client().readMessage(), WebSocketWire.TEXT, text);
            byte[] smile = "\ud83d\ude00\ud83d\ude01".getBytes(StandardCharsets.UTF_8);
            for (int cut = 1; cut < smile.length; cut++) {
                byte[] head = Arrays.copyOf(smile, cut);
                byte[] tail = Arrays.copyOfRange(smile, cut, smile.length);
                pair.client().send(false, WebSocketWire.TEXT, head);
                pair.client().send(true, WebSocketWire.CONTINUATION, tail);
                assertSame(pair.backend().readMessage(), WebSocketWire.TEXT, smile);
                pair.backend().send(false, WebSocketWire.TEXT, head);
                pair.backend().send(true, WebSocketWire.CONTINUATION, tail);
                assertSame(pair.client().readMessage(), WebSocketWire.TEXT, smile);
            }
        }
    }

    @Test // WS-31: control frames between fragments, empty fragments
    default void fragmentsWithPingsBetweenThemArriveAsOneMessage() throws Exception {
        try (Pair pair = pair()) {
            for (WebSocketWire[] way :
                    new WebSocketWire[][] {{pair.client(), pair.backend()}, {pair.backend(), pair.client()}}) {
                way[0].send(false, WebSocketWire.BINARY, new byte[] {1});
                way[0].send(true, WebSocketWire.PING, new byte[] {9});
                way[0].send(false, WebSocketWire.CONTINUATION, new byte[0]);
                way[0].send(true, WebSocketWire.PING, new byte[] {8});
                way[0].send(true, WebSocketWire.CONTINUATION, new byte[] {2, 3});
                assertSame(way[1].readMessage(), WebSocketWire.BINARY, new byte[] {1, 2, 3});
                way[0].send(true, WebSocketWire.TEXT, new byte[0]);
                assertSame(way[1].readMessage(), WebSocketWire.TEXT, new byte[0]);
            }
        }
    }

    @Test // WS-35, RFC 6455 §5.5.3
    default void pingIsAnsweredWithItsPayload() throws Exception {
        backends().plain.answers(request -> WebSocketWire.accept(request, "").echo());
        try (WebSocketWire client = openWebSocket("plain.example", "/")) {
            byte[] payload = "p".repeat(125).getBytes(StandardCharsets.US_ASCII);
            client.send(true, WebSocketWire.PING, payload);
            Frame pong = client.readFrame();
            assertThat(pong.opcode()).isEqualTo(WebSocketWire.PONG);
            assertThat(pong.payload()).isEqualTo(payload);
            client.send(true, WebSocketWire.PONG, new byte[] {1}); // unsolicited: legal and unanswered
            client.sendText("after");
            assertThat(client.readMessage().text()).isEqualTo("after");
        }
    }

    @Test // WS-31, section 9 item 8: the first part is at the backend before the client sent the last
    default void longMessageIsStreamed() throws Exception {
        try (Pair pair = pair()) {
            byte[] part = new byte[300_000];
            pair.client().send(false, WebSocketWire.BINARY, part);
            int received = 0;
            while (received < 200_000) { // a bounded rest may stay in buffers
                Frame frame = pair.backend().readData();
                assertThat(frame.fin()).isFalse();
                received += frame.payload().length;
            }
            pair.client().send(true, WebSocketWire.CONTINUATION, part);
            Frame last = pair.backend().readData();
            received += last.payload().length;
            while (!last.fin()) {
                last = pair.backend().readData();
                received += last.payload().length;
            }
            assertThat(received).isEqualTo(600_000);
        }
    }

    @ParameterizedTest // section 9 item 8, sized for CI: one message larger than half the gateway's heap
    @ValueSource(booleans = {true, false})
    default void hugeMessageCrossesInBoundedMemory(boolean fromClient) throws Exception {
        int parts = 160;
        byte[] part = new byte[1024 * 1024];
        Arrays.fill(part, (byte) 7);
        try (Pair pair = pair()) {
            WebSocketWire from = fromClient ? pair.client() : pair.backend();
            WebSocketWire to = fromClient ? pair.backend() : pair.client();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendParts(from, part, parts));
            long received = 0;
            Frame frame;
            do {
                frame = to.readData();
                assertThat(frame.opcode()).isIn(WebSocketWire.BINARY, WebSocketWire.CONTINUATION);
                received += frame.payload().length;
            } while (!frame.fin());
            sent.get(5, TimeUnit.SECONDS);
            assertThat(received).isEqualTo((long) parts * part.length);
        }
    }

    private static void sendParts(WebSocketWire from, byte[] part, int parts) {
        try {
            for (int i = 0; i < parts; i++) {
                from.send(i == parts - 1, i == 0 ? WebSocketWire.BINARY : WebSocketWire.CONTINUATION, part);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test // WS-9, WS-30, section 9 item 9, sized for CI
    default void smallMessagesStayInOrderBothWaysAtOnce() throws Exception {
        int count = 20_000;
        try (Pair pair = pair()) {
            CompletableFuture<Void> up = CompletableFuture.runAsync(() -> sendNumbers(pair.client(), count));
            CompletableFuture<Void> down = CompletableFuture.runAsync(() -> sendNumbers(pair.backend(), count));
            CompletableFuture<Void> atBackend = CompletableFuture.runAsync(() -> readNumbers(pair.backend(), count));
            readNumbers(pair.client(), count);
            CompletableFuture.allOf(up, down, atBackend).get(30, TimeUnit.SECONDS);
        }
    }

    private static void sendNumbers(WebSocketWire wire, int count) {
        try {
            for (int i = 0; i < count; i++) {
                wire.sendText("message " + i);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void readNumbers(WebSocketWire wire, int count) {
        try {
            for (int i = 0; i < count; i++) {
                assertThat(wire.readMessage().text()).isEqualTo("message " + i);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test // WS-6, WS-20, section 9 item 3: requestTimeout is 1 s here
    default void idleSessionOutlivesRequestTimeout() throws Exception {
        try (Pair pair = pair("short.example")) {
            assertThat(pair.client().wire().isQuietFor(2_500)).isTrue();
            pair.client().sendText("still here");
            assertThat(pair.backend().readMessage().text()).isEqualTo("still here");
            assertThat(pair.client().wire().isQuietFor(1_500)).isTrue();
            pair.backend().sendText("me too");
            assertThat(pair.client().readMessage().text()).isEqualTo("me too");
        }
    }

    @Test // WS-34, section 9 item 10: what a client does not read must not pile up in the gateway
    default void slowReaderHoldsTheSenderBack() throws Exception {
        byte[] message = new byte[64 * 1024];
        AtomicLong sent = new AtomicLong();
        long flood = 256L * 1024 * 1024;
        try (Pair pair = pair()) {
            Thread sender = new Thread(() -> {
                try {
                    while (sent.get() < flood) {
                        pair.backend().send(true, WebSocketWire.BINARY, message);
                        sent.addAndGet(message.length);
                    }
                } catch (IOException e) {
                    // the session was ended: fails below, because the messages are missed
                }
            });
            sender.setDaemon(true);
            sender.start();
            long[] before = {-1};
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(700))
                    .until(() -> sent.get() == before[0] || (before[0] = sent.get()) < 0);
            assertThat(sent.get())
                    .as("bytes taken from the backend while nobody read")
                    .isLessThan(flood / 4);
            pair.client().wire().readLimit(10_000);
            for (int i = 0; i < 1_000; i++) {
                assertThat(pair.client().readMessage().payload()).hasSize(message.length);
            }
        }
    }

    @ParameterizedTest // section 5, section 9 item 6
    @CsvSource({
        "1000, done",
        "1001, going",
        "1002, proto",
        "1003, data",
        "1007, utf",
        "1008, policy",
        "1009, big",
        "1011, oops",
        "3000, lib",
        "3001, lib",
        "4000, app",
        "4999, caf\u00e9",
        "1000, ''",
    })
    default void closeIsRelayedFromEitherSide(int code, String reason) throws Exception {
        try (Pair pair = pair()) {
            pair.client().sendClose(code, reason);
            assertClose(pair.backend().readClose(), code, reason);
            assertThat(pair.client().readMessage().opcode()).isEqualTo(WebSocketWire.CLOSE);
            assertThat(pair.client().wire().endsWithin(6_000))
                    .as("gateway closes TCP")
                    .isTrue();
        }
        try (Pair pair = pair()) {
            pair.backend().sendClose(code, reason);
            assertClose(pair.client().readClose(), code, reason);
            assertThat(pair.backend().readMessage().opcode()).isEqualTo(WebSocketWire.CLOSE);
            assertThat(pair.client().wire().endsWithin(6_000))
                    .as("gateway closes TCP")
                    .isTrue();
        }
    }

    @ParameterizedTest // section 5, trap T3
    @ValueSource(ints = {1012, 1013, 1014})
    default void laterCloseCodesAreRelayedFromTheBackend(int code) throws Exception {
        try (Pair pair = pair()) {
            pair.backend().sendClose(code, "later");
            assertThat(pair.client().readClose().closeCode()).isEqualTo(code);
        }
    }

    @ParameterizedTest // section 5, trap T3
    @ValueSource(ints = {1012, 1013, 1014})
    default void laterCloseCodesAreRelayedFromTheClient(int code) throws Exception {
        try (Pair pair = pair()) {
            pair.client().sendClose(code, "later");
            assertThat(pair.backend().readClose().closeCode())
                    .isEqualTo(has(KnownLimit.CLIENT_CLOSE_CODES) ? 1002 : code);
        }
    }

    @Test // section 5: 1005 never stands in a frame; where it cannot be told from 1000, 1000
    default void closeWithoutCodeStaysHarmless() throws Exception {
        try (Pair pair = pair()) {
            pair.client().send(true, WebSocketWire.CLOSE, new byte[0]);
            assertThat(pair.backend().readClose().closeCode()).isIn(1005, 1000);
        }
        try (Pair pair = pair()) {
            pair.backend().send(true, WebSocketWire.CLOSE, new byte[0]);
            assertThat(pair.client().readClose().closeCode()).isIn(1005, 1000);
        }
    }

    @ParameterizedTest // section 5
    @ValueSource(ints = {0, 999, 1004, 1006, 1015, 1016, 2999})
    default void codesThatMayNotAppearAreNeverPassedOn(int code) throws Exception {
        try (Pair pair = pair()) {
            pair.backend().sendClose(code, "bad");
            assertThat(pair.client().readClose().closeCode()).isIn(1002, 1011);
        }
        try (Pair pair = pair()) {
            pair.client().sendClose(code, "bad");
            assertThat(pair.backend().readClose().closeCode()).isIn(1001, 1002, 1011);
        }
    }

    @Test // section 5: said to mean "none", so 1000 is as good as an error
    default void closeThatSaysNoneIsNotPassedOn() throws Exception {
        try (Pair pair = pair()) {
            pair.backend().send(true, WebSocketWire.CLOSE, new byte[] {1005 >> 8, (byte) 1005});
            Frame close = pair.client().readClose();
            assertThat(close.payload().length == 0 ? 1000 : close.closeCode()).isIn(1000, 1002);
        }
    }

    @Test // WS-30
    default void invalidUtf8EndsBothSides() throws Exception {
        try (Pair pair = pair()) {
            pair.client().send(true, WebSocketWire.TEXT, new byte[] {(byte) 0xc3, 0x28});
            assertThat(readCloseSkippingData(pair.client()).closeCode()).isEqualTo(1007);
            assertThat(readCloseSkippingData(pair.backend()).closeCode()).isIn(1001, 1011);
        }
        try (Pair pair = pair()) {
            pair.backend().send(true, WebSocketWire.TEXT, new byte[] {(byte) 0xc3, 0x28});
            assertThat(readCloseSkippingData(pair.client()).closeCode()).isEqualTo(1011);
            assertThat(readCloseSkippingData(pair.backend()).closeCode()).isEqualTo(1007);
        }
    }

    private static Frame readCloseSkippingData(WebSocketWire wire) throws IOException {
        Frame frame = wire.readData();
        while (frame.opcode() != WebSocketWire.CLOSE) {
            frame = wire.readData();
        }
        return frame;
    }

    @ParameterizedTest // WS-37, section 9 item 7
    @ValueSource(booleans = {true, false})
    default void clientIsToldOfALostBackend(boolean reset) throws Exception {
        try (Pair pair = pair()) {
            lose(pair.backend(), reset);
            pair.client().wire().readLimit(5_000);
            assertThat(pair.client().readClose().closeCode()).isEqualTo(1011);
            assertThat(pair.client().wire().endsWithin(1_000))
                    .as("client is let go")
                    .isTrue();
        }
    }

    @ParameterizedTest // WS-37, section 9 item 7
    @ValueSource(booleans = {true, false})
    default void backendIsToldOfALostClient(boolean reset) throws Exception {
        try (Pair pair = pair()) {
            lose(pair.client(), reset);
            pair.backend().wire().readLimit(5_000);
            assertThat(pair.backend().readClose().closeCode()).isEqualTo(1001);
        }
    }

    @Test // section 5: an answer to a Close is awaited for 5 s, then TCP is cut; Tomcat looks every 5 s
    default void sideThatIgnoresACloseIsCut() throws Exception {
        try (Pair pair = pair();
                Pair other = pair()) {
            pair.client().sendClose(1000, "");
            other.backend().sendClose(1000, "");
            assertThat(pair.backend().readMessage().closeCode()).isEqualTo(1000);
            assertThat(other.client().readMessage().closeCode()).isEqualTo(1000);
            assertThat(pair.backend().wire().endsWithin(7_000))
                    .as("backend is cut")
                    .isTrue();
            assertThat(other.client().wire().endsWithin(7_000))
                    .as("client is cut")
                    .isTrue();
        }
    }

    private static void lose(WebSocketWire side, boolean reset) throws IOException {
        if (reset) {
            side.wire().reset();
        } else {
            side.close();
        }
    }

    @Test // RFC 6455 §5.1: a client must mask
    default void unmaskedFrameIsAProtocolError() throws Exception {
        try (Pair pair = pair()) {
            pair.client().wire().write(WebSocketWire.encode(true, WebSocketWire.TEXT, new byte[] {'x'}, false));
            assertThat(pair.client().readMessage().closeCode()).isEqualTo(1002);
            assertThat(pair.backend().readMessage().opcode()).isEqualTo(WebSocketWire.CLOSE);
        }
    }

    @Test // the small-write trap of platform-notes 3.1: 40 ms steps would make this 4 s
    default void smallEchoesAreNotDelayed() throws Exception {
        backends().plain.answers(request -> WebSocketWire.accept(request, "").echo());
        byte[] message = new byte[16 * 1024];
        try (WebSocketWire client = openWebSocket("plain.example", "/")) {
            long[] nanos = new long[100];
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                client.send(true, WebSocketWire.BINARY, message);
                client.readMessage();
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            assertThat(Duration.ofNanos(nanos[50])).isLessThan(Duration.ofMillis(30));
        }
    }

    private static void assertClose(Frame close, int code, String reason) {
        assertThat(close.closeCode()).isEqualTo(code);
        assertThat(close.closeReason()).isEqualTo(reason);
    }
}
