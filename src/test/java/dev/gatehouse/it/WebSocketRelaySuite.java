package dev.gatehouse.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.WebSocketWire.Frame;
import dev.gatehouse.testkit.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WS-42: sessions whose handshake and bytes go through as they are. */
interface WebSocketRelaySuite extends WebSocketSuite {
    String RELAYED = "relayed.example";

    private Pair relayed() throws Exception {
        return pair(RELAYED);
    }

    @Test
    default void handshakeIsTheClientsOwn() throws Exception {
        CompletableFuture<RecordingBackend.Received> asked = new CompletableFuture<>();
        CompletableFuture<Void> released = new CompletableFuture<>();
        backends().plain.answers(request -> {
            asked.complete(request);
            request.wire()
                    .write(
                            WebSocketWire.acceptance(
                                    request,
                                    "Sec-WebSocket-Extensions: x-ours; a=1\r\nSec-WebSocket-Protocol: b\r\nSet-Cookie: c=1\r\n"));
            released.get(10, TimeUnit.SECONDS); // the test's thread owns the wire
        });
        try (WebSocketWire client = WebSocketWire.open(
                connect(),
                "/a%2Fb?x=%7B1%7D",
                RELAYED,
                "Sec-WebSocket-Protocol: a, b\r\nSec-WebSocket-Extensions: x-ours; a=1, x-other\r\n")) {
            RecordingBackend.Received request = asked.get(5, TimeUnit.SECONDS);
            assertThat(request.head().target()).isEqualTo("/a%2Fb?x=%7B1%7D");
            assertThat(request.head().value("Sec-WebSocket-Key")).isEqualTo(WebSocketWire.SAMPLE_KEY);
            assertThat(request.head().value("Sec-WebSocket-Protocol")).isEqualTo("a, b");
            assertThat(request.head().value("Sec-WebSocket-Extensions")).isEqualTo("x-ours; a=1, x-other");
            assertThat(request.head().value("X-Forwarded-Proto")).isEqualTo("http");
            assertThat(client.head().value("Sec-WebSocket-Accept"))
                    .isEqualTo(WebSocketWire.acceptFor(WebSocketWire.SAMPLE_KEY));
            assertThat(client.head().value("Sec-WebSocket-Extensions")).isEqualTo("x-ours; a=1");
            assertThat(client.head().value("Sec-WebSocket-Protocol")).isEqualTo("b");
            assertThat(client.head().value("Set-Cookie")).isEqualTo("c=1");
            // an agreed extension may use what nobody else may: all reserved bits, opcodes of its own
            byte[] marked = WebSocketWire.encode(true, WebSocketWire.BINARY, new byte[] {1, 2, 3}, true);
            marked[0] = (byte) 0xf3;
            client.wire().write(marked);
            assertThat(request.wire().readBytes(marked.length)).isEqualTo(marked);
            released.complete(null);
        }
    }

    @Test
    default void refusalComesBackWhole() throws Exception {
        backends()
                .plain
                .answers(request -> request.wire()
                        .write("HTTP/1.1 403 Not You\r\nX-Why: because\r\nContent-Length: 4\r\n\r\nnope"));
        try (Wire client = connect().write(WebSocketWire.handshake("/", RELAYED, ""))) {
            var head = client.readFinalHead();
            assertThat(head.status()).isEqualTo(403);
            assertThat(head.value("X-Why")).isEqualTo("because");
            assertThat(new String(client.readAnswerBody(head, "GET"), US_ASCII)).isEqualTo("nope");
        }
    }

    @Test
    default void bytesBesideTheHandshakeAreNotLost() throws Exception {
        byte[] hello = WebSocketWire.encode(true, WebSocketWire.TEXT, "hello".getBytes(US_ASCII), false);
        CompletableFuture<Frame> received = new CompletableFuture<>();
        backends().plain.answers(request -> {
            request.wire().write(WebSocketWire.acceptance(request, "")).write(hello);
            received.complete(WebSocketWire.server(request).readFrame());
            request.wire().endsWithin(5_000);
        });
        try (WebSocketWire client = WebSocketWire.open(connect(), "/", RELAYED, "")) {
            assertThat(client.readFrame().text()).isEqualTo("hello");
            client.sendText("early");
            assertThat(received.get(5, TimeUnit.SECONDS).text()).isEqualTo("early");
        }
    }

    @Test // the container still hands its connection over when the first frame comes
    default void clientMaySpeakAsSoonAsItIsAnswered() throws Exception {
        backends().plain.answers(request -> WebSocketWire.accept(request, "").echo());
        List<CompletableFuture<Void>> clients = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.runAsync(() -> speakAtOnce(100)))
                .toList();
        for (CompletableFuture<Void> client : clients) {
            client.get(30, TimeUnit.SECONDS);
        }
    }

    private void speakAtOnce(int sessions) {
        for (int i = 0; i < sessions; i++) {
            try (WebSocketWire client = WebSocketWire.open(connect(), "/", RELAYED, "")) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(500_000));
                client.sendText("first " + i);
                client.sendText("second");
                assertThat(client.readFrame().text()).isEqualTo("first " + i);
                assertThat(client.readFrame().text()).isEqualTo("second");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    default void framesPassAsTheyAre() throws Exception {
        try (Pair pair = relayed()) {
            byte[] raw = concat(
                    WebSocketWire.encode(false, WebSocketWire.TEXT, "a".getBytes(US_ASCII), true),
                    WebSocketWire.encode(true, WebSocketWire.PING, "ping".getBytes(US_ASCII), true),
                    WebSocketWire.encode(false, WebSocketWire.CONTINUATION, new byte[0], true),
                    WebSocketWire.encode(true, WebSocketWire.CONTINUATION, new byte[70_000], true),
                    WebSocketWire.encode(true, WebSocketWire.PONG, "unasked".getBytes(US_ASCII), true));
            for (int i = 0; i < 60; i++) { // cut anywhere
                pair.client().wire().write(Arrays.copyOfRange(raw, i, i + 1));
            }
            pair.client().wire().write(Arrays.copyOfRange(raw, 60, raw.length));
            assertThat(pair.backend().wire().readBytes(raw.length)).isEqualTo(raw);
            pair.backend().send(true, WebSocketWire.PING, "back".getBytes(US_ASCII));
            Frame ping = pair.client().readFrame();
            assertThat(ping.opcode()).isEqualTo(WebSocketWire.PING);
            assertThat(ping.payload()).isEqualTo("back".getBytes(US_ASCII));
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @ParameterizedTest // also those that no frame may hold: the other side judges
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4000, 4999, 1006})
    default void everyCloseCodePasses(int code) throws Exception {
        try (Pair pair = relayed()) {
            pair.client().sendClose(code, "caf\u00e9");
            assertClose(pair.backend().readFrame(), code);
            pair.backend().sendClose(code, "");
            assertThat(pair.client().readFrame().closeCode()).isEqualTo(code);
            assertThat(pair.client().wire().endsWithin(2_000)).isTrue();
            assertThat(pair.backend().wire().endsWithin(2_000)).isTrue();
        }
        try (Pair pair = relayed()) {
            pair.backend().sendClose(code, "caf\u00e9");
            assertClose(pair.client().readFrame(), code);
        }
    }

    private static void assertClose(Frame close, int code) {
        assertThat(close.opcode()).isEqualTo(WebSocketWire.CLOSE);
        assertThat(close.closeCode()).isEqualTo(code);
        assertThat(close.closeReason()).isEqualTo("caf\u00e9");
    }

    @Test // 1005
    default void emptyCloseStaysEmpty() throws Exception {
        try (Pair pair = relayed()) {
            pair.client().send(true, WebSocketWire.CLOSE, new byte[0]);
            Frame close = pair.backend().readFrame();
            assertThat(close.opcode()).isEqualTo(WebSocketWire.CLOSE);
            assertThat(close.payload()).isEmpty();
        }
    }

    @ParameterizedTest // WS-37
    @ValueSource(booleans = {true, false})
    default void lossIsToldBetweenTwoFrames(boolean reset) throws Exception {
        try (Pair pair = relayed()) {
            lose(pair.backend(), reset);
            pair.client().wire().readLimit(5_000);
            assertThat(pair.client().readClose().closeCode()).isEqualTo(1011);
            pair.client().sendClose(1011, "");
            assertThat(pair.client().wire().endsWithin(2_000)).isTrue();
        }
        for (int i = 0; i < 25; i++) { // it may be gone before the container has handed its connection over
            try (Pair pair = relayed()) {
                lose(pair.client(), reset);
                pair.backend().wire().readLimit(5_000);
                assertThat(pair.backend().readClose().closeCode()).isEqualTo(1001);
            }
        }
    }

    private static void lose(WebSocketWire side, boolean reset) throws IOException {
        if (reset) {
            side.wire().reset();
        } else {
            side.close();
        }
    }

    @Test // nothing may follow half a frame
    default void lossWithinAFrameEndsTheOtherSideWithoutAWord() throws Exception {
        try (Pair pair = relayed()) {
            byte[] frame = WebSocketWire.encode(true, WebSocketWire.BINARY, new byte[1000], false);
            pair.backend().wire().write(Arrays.copyOf(frame, 500));
            pair.client().wire().readBytes(500);
            pair.backend().close();
            assertThat(pair.client().wire().endsWithin(7_000)).isTrue();
        }
    }

    @Test // WS-37
    default void sideThatDoesNotAnswerACloseIsLetGo() throws Exception {
        try (Pair pair = relayed()) {
            pair.client().sendClose(1000, "");
            assertThat(pair.backend().readFrame().closeCode()).isEqualTo(1000);
            assertThat(pair.backend().wire().endsWithin(7_000)).isTrue();
            assertThat(pair.client().wire().endsWithin(7_000)).isTrue();
        }
    }

    @Test // RFC 6455 §5.1
    default void framesThatBreakTheProtocolEndBothSides() throws Exception {
        byte[][] broken = {
            WebSocketWire.encode(true, WebSocketWire.TEXT, new byte[] {'x'}, false), // unmasked
            marked(0xc1), // a reserved bit without extension
            marked(0x83), // an opcode of nobody
            marked(0x80), // a continuation of nothing
            marked(0x09), // a fragmented ping
            {(byte) 0x82, (byte) 0xff, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}, // a length below zero
        };
        for (byte[] frame : broken) {
            try (Pair pair = relayed()) {
                pair.client().sendText("good");
                pair.client().wire().write(frame);
                assertThat(pair.client().readFrame().closeCode()).isEqualTo(1002);
                assertThat(pair.backend().readFrame().text()).isEqualTo("good");
                assertThat(pair.backend().readFrame().closeCode()).isEqualTo(1011);
            }
        }
        try (Pair pair = relayed()) {
            pair.backend().wire().write(WebSocketWire.encode(true, WebSocketWire.TEXT, new byte[] {'x'}, true));
            assertThat(pair.backend().readFrame().closeCode()).isEqualTo(1002);
            assertThat(pair.client().readFrame().closeCode()).isEqualTo(1011);
        }
    }

    private static byte[] marked(int first) {
        byte[] frame = WebSocketWire.encode(true, WebSocketWire.TEXT, new byte[] {'x'}, true);
        frame[0] = (byte) first;
        return frame;
    }

    @Test // WS-34
    default void relayHoldsTheFastSideBack() throws Exception {
        holdsBack(true);
        holdsBack(false);
    }

    private void holdsBack(boolean fromClient) throws Exception {
        byte[] message = new byte[64 * 1024];
        AtomicLong sent = new AtomicLong();
        long flood = 128L * 1024 * 1024;
        try (Pair pair = relayed()) {
            WebSocketWire from = fromClient ? pair.client() : pair.backend();
            WebSocketWire to = fromClient ? pair.backend() : pair.client();
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> flood(from, message, sent, flood));
            long[] before = {-1};
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> sent.get() == before[0] || (before[0] = sent.get()) < 0);
            assertThat(sent.get()).as("bytes taken while nobody read").isLessThan(flood / 4);
            to.wire().readLimit(10_000);
            for (long read = 0; read < flood; read += message.length) {
                assertThat(to.readFrame().payload()).hasSize(message.length);
            }
            sender.get(5, TimeUnit.SECONDS);
        }
    }

    private static void flood(WebSocketWire from, byte[] message, AtomicLong sent, long flood) {
        try {
            while (sent.get() < flood) {
                from.send(true, WebSocketWire.BINARY, message);
                sent.addAndGet(message.length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test // WS-2
    default void tlsEndsAtTheGateway() throws Exception {
        CompletableFuture<Void> released = new CompletableFuture<>();
        backends().plain.answers(request -> {
            WebSocketWire.accept(request, "").echo();
            released.complete(null);
        });
        try (WebSocketWire client =
                WebSocketWire.open(Wire.connectTls(home().httpsPort(), RELAYED), "/", RELAYED, "")) {
            for (int length : new int[] {1, 125, 126, 16_000, 70_000, 1_000_000}) {
                client.send(true, WebSocketWire.BINARY, new byte[length]);
                assertThat(client.readMessage().payload()).hasSize(length);
            }
            client.sendClose(1000, "bye");
            assertThat(client.readClose().closeCode()).isEqualTo(1000);
            assertThat(client.wire().endsWithin(2_000)).isTrue();
        }
        released.get(5, TimeUnit.SECONDS);
    }

    @Test // WS-37, RFC 8446 §6.1: the connection below stays open
    default void goodbyeOfTlsIsAnEnd() throws Exception {
        CompletableFuture<Integer> told = new CompletableFuture<>();
        backends().plain.answers(request -> {
            try (WebSocketWire backend = WebSocketWire.accept(request, "")) {
                told.complete(backend.readClose().closeCode());
            }
        });
        try (WebSocketWire client =
                WebSocketWire.open(Wire.connectTls(home().httpsPort(), RELAYED), "/", RELAYED, "")) {
            client.wire().end();
            assertThat(told.get(5, TimeUnit.SECONDS)).isEqualTo(1001);
        }
    }
}
