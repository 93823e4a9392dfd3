package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.WebSocketBackend;
import dev.gatehouse.testkit.WebSocketPeer;
import dev.gatehouse.testkit.WebSocketRecorder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages through a bridge, on sockets (websocket.md 4). */
class WebSocketMessagesTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 8191, 8192, 8193, 16384, 16385, 65535, 65536, 65537, 200_000})
    void messagesOfAnyLengthComeBackWholeWithTheirType(int length) throws Exception { // WS-30
        try (WebSocketBackend backend = WebSocketBackend.echo();
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            byte[] bytes =
                    "0123456789".repeat(length / 10 + 1).substring(0, length).getBytes(UTF_8);
            client.peer().binary(bytes);
            WebSocketPeer.Frame binary = client.peer().readMessage();
            assertThat(binary.opcode()).isEqualTo(WebSocketPeer.BINARY);
            assertThat(binary.payload()).isEqualTo(bytes);
            client.peer().frame(true, WebSocketPeer.TEXT, bytes);
            WebSocketPeer.Frame text = client.peer().readMessage();
            assertThat(text.opcode()).isEqualTo(WebSocketPeer.TEXT);
            assertThat(text.payload()).isEqualTo(bytes);
        }
    }

    @Test
    void megabyteOfFourByteCharactersPassesBothWays() throws Exception { // acceptance 8, T15
        try (WebSocketBackend backend = WebSocketBackend.echo();
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            for (int shift = 0; shift < 4; shift++) {
                byte[] text = ("x".repeat(shift) + "\uD83D\uDE00".repeat(256 * 1024)).getBytes(UTF_8);
                Future<?> sent = threads.submit(() -> {
                    client.peer().frame(true, WebSocketPeer.TEXT, text);
                    return null;
                });
                assertThat(client.peer().readMessage().payload()).isEqualTo(text);
                sent.get(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void fragmentsEmptyOnesAndControlFramesBetweenThemKeepTheMessage() throws Exception { // WS-31
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    byte[] smile = "\uD83D\uDE00".getBytes(UTF_8);
                    peer.frame(false, WebSocketPeer.TEXT, new byte[] {'a', smile[0]});
                    peer.frame(true, WebSocketPeer.PING, "p".getBytes(UTF_8));
                    peer.frame(false, WebSocketPeer.CONTINUATION, new byte[] {smile[1]});
                    peer.frame(false, WebSocketPeer.CONTINUATION, new byte[0]);
                    peer.frame(true, WebSocketPeer.CONTINUATION, new byte[] {smile[2], smile[3], 'z'});
                    WebSocketPeer.Frame pong = peer.read();
                    assertThat(pong.opcode()).isEqualTo(WebSocketPeer.PONG);
                    assertThat(pong.text()).isEqualTo("p"); // WS-35
                    WebSocketBackend.echo(peer);
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            WebSocketPeer.Frame message = client.peer().readMessage();
            assertThat(message.opcode()).isEqualTo(WebSocketPeer.TEXT);
            assertThat(message.text()).isEqualTo("a\uD83D\uDE00z");
            client.peer().frame(false, WebSocketPeer.BINARY, new byte[] {1});
            client.peer().frame(true, WebSocketPeer.PING, "c".getBytes(UTF_8));
            client.peer().frame(true, WebSocketPeer.CONTINUATION, new byte[] {2});
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            for (int i = 0; i < 3; i++) { // the pong is per hop, so it may overtake the first fragment's echo or not
                WebSocketPeer.Frame frame = client.peer().read();
                payload.writeBytes(frame.opcode() == WebSocketPeer.PONG ? new byte[0] : frame.payload());
            }
            assertThat(payload.toByteArray()).containsExactly(1, 2);
        }
    }

    @Test
    void dataThatComesWithTheAnswerIsNotLost() throws Exception { // platform-notes 3.1
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    ByteArrayOutputStream all = new ByteArrayOutputStream();
                    String accept = WebSocketPeer.acceptFor(
                            request.field("Sec-WebSocket-Key").orElseThrow());
                    all.writeBytes(("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n")
                            .getBytes(UTF_8));
                    all.writeBytes(peer.encode(true, WebSocketPeer.TEXT, "early".getBytes(UTF_8)));
                    all.writeBytes(peer.encode(true, WebSocketPeer.BINARY, new byte[100_000]));
                    peer.write(all.toByteArray());
                    WebSocketBackend.echo(peer);
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            assertThat(client.peer().readMessage().text()).isEqualTo("early");
            assertThat(client.peer().readMessage().payload()).hasSize(100_000);
            client.peer().text("late");
            assertThat(client.peer().readMessage().text()).isEqualTo("late");
        }
    }

    @Test
    void hundredThousandMessagesEachWayAtOnceKeepTheirOrder() throws Exception { // WS-9, WS-30, acceptance 9
        int count = 100_000;
        CompletableFuture<Integer> atBackend = new CompletableFuture<>();
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    Future<?> unused = threads.submit(() -> sendNumbers(peer, count));
                    atBackend.complete(readNumbers(peer, count));
                    WebSocketBackend.echo(peer);
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            Future<Void> sent = threads.submit(() -> sendNumbers(client.peer(), count));
            assertThat(readNumbers(client.peer(), count)).isEqualTo(count);
            assertThat(atBackend.get(60, TimeUnit.SECONDS)).isEqualTo(count);
            sent.get(1, TimeUnit.SECONDS);
        }
    }

    private static Void sendNumbers(WebSocketPeer peer, int count) throws Exception {
        for (int i = 0; i < count; i += 100) {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            for (int j = i; j < i + 100; j++) {
                int opcode = j % 2 == 0 ? WebSocketPeer.TEXT : WebSocketPeer.BINARY;
                block.writeBytes(peer.encode(true, opcode, Integer.toString(j).getBytes(UTF_8)));
            }
            peer.write(block.toByteArray());
        }
        return null;
    }

    private static int readNumbers(WebSocketPeer peer, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            WebSocketPeer.Frame message = peer.readMessage();
            if (!message.text().equals(Integer.toString(i)) || message.opcode() != 1 + i % 2) {
                throw new AssertionError("expected " + i + ", got " + message.text());
            }
        }
        return count;
    }

    @Test
    void sixtyFourMegabytesInOneMessageAreStreamed() throws Exception { // WS-31, acceptance 8
        int megabytes = 64;
        CompletableFuture<Long> atBackend = new CompletableFuture<>();
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    Future<?> unused = threads.submit(() -> sendHuge(peer, megabytes, false));
                    atBackend.complete(readHuge(peer));
                    WebSocketBackend.echo(peer);
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            Future<?> unused = threads.submit(() -> sendHuge(client.peer(), megabytes, true));
            assertThat(readHuge(client.peer())).isEqualTo((long) megabytes << 20);
            assertThat(atBackend.get(30, TimeUnit.SECONDS)).isEqualTo((long) megabytes << 20);
        }
    }

    private static Void sendHuge(WebSocketPeer peer, int megabytes, boolean masked) throws Exception {
        ByteBuffer head = ByteBuffer.allocate(14).put((byte) 0x82).put((byte) (masked ? 0xFF : 0x7F));
        head.putLong((long) megabytes << 20);
        if (masked) {
            head.putInt(0);
        }
        byte[] bytes = new byte[head.flip().remaining()];
        head.get(bytes);
        peer.write(bytes);
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) (i * 31);
        }
        for (int i = 0; i < megabytes; i++) {
            peer.write(block);
        }
        return null;
    }

    private static long readHuge(WebSocketPeer peer) throws Exception {
        long total = 0;
        WebSocketPeer.Frame frame = peer.read();
        assertThat(frame.opcode()).isEqualTo(WebSocketPeer.BINARY);
        while (true) {
            for (byte b : frame.payload()) {
                if (b != (byte) ((total++ & ((1 << 20) - 1)) * 31)) {
                    throw new AssertionError("wrong byte at " + (total - 1));
                }
            }
            if (frame.isFinal()) {
                return total;
            }
            frame = peer.read();
        }
    }

    @Test
    void slowClientStopsTheBackendAndLosesNothing() throws Exception { // WS-34, acceptance 10
        AtomicLong pushed = new AtomicLong();
        int messages = 20_000;
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    for (int i = 0; i < messages; i++) {
                        peer.binary(ByteBuffer.allocate(4096).putInt(i).array());
                        pushed.addAndGet(4096);
                    }
                    WebSocketBackend.echo(peer);
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/");
                WebSocketRecorder other = WebSocketRecorder.open(gateway.port(), "/")) {
            long stopped = awaitStop(pushed);
            assertThat(stopped).isLessThan((2 * 16L) << 20); // the kernel's buffers of two connections, and little more
            for (int i = 0; i < messages; i++) {
                assertThat(ByteBuffer.wrap(client.peer().readMessage().payload())
                                .getInt())
                        .isEqualTo(i);
            }
            assertThat(ByteBuffer.wrap(other.peer().readMessage().payload()).getInt())
                    .isZero();
        }
    }

    private static long awaitStop(AtomicLong pushed) {
        long[] last = {-1};
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(700))
                .until(() -> pushed.get() > 0 && (last[0] == (last[0] = pushed.get())));
        return last[0];
    }

    @Test
    void slowBackendStopsTheClientAndLosesNothing() throws Exception { // WS-34
        CompletableFuture<Void> go = new CompletableFuture<>();
        CompletableFuture<Integer> received = new CompletableFuture<>();
        AtomicLong pushed = new AtomicLong();
        int messages = 10_000;
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    go.get();
                    for (int i = 0; i < messages; i++) {
                        assertThat(ByteBuffer.wrap(peer.readMessage().payload()).getInt())
                                .isEqualTo(i);
                    }
                    received.complete(messages);
                    WebSocketBackend.echo(peer);
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            Future<?> unused = threads.submit(() -> {
                for (int i = 0; i < messages; i++) {
                    client.peer().binary(ByteBuffer.allocate(4096).putInt(i).array());
                    pushed.addAndGet(4096);
                }
                return null;
            });
            assertThat(awaitStop(pushed)).isLessThan(16L << 20);
            go.complete(null);
            assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo(messages);
        }
    }

    @Test
    void slowClientsDoNotHoldOthersUp() throws Exception { // WS-34: the loop goes on without the blocked thread
        try (WebSocketBackend flood = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    if (request.line().contains("echo")) {
                        WebSocketBackend.echo(peer);
                    }
                    while (true) {
                        peer.binary(new byte[16 * 1024]);
                    }
                });
                WebSocketHarness gateway = WebSocketHarness.to(flood.port())) {
            WebSocketRecorder[] slow = new WebSocketRecorder[20];
            for (int i = 0; i < slow.length; i++) {
                slow[i] = WebSocketRecorder.open(gateway.port(), "/flood");
            }
            try (WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/echo")) {
                for (int i = 0; i < 500; i++) {
                    client.peer().text("still here " + i);
                    assertThat(client.peer().readMessage().text()).isEqualTo("still here " + i);
                }
            }
            for (WebSocketRecorder each : slow) {
                each.peer().drop();
            }
        }
    }
}
