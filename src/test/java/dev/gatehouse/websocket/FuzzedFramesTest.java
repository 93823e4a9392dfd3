package dev.gatehouse.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.model.WebSocketSettings.Compression;
import dev.gatehouse.model.WebSocketSettings.Mode;
import dev.gatehouse.testkit.WebSocketBackend;
import dev.gatehouse.testkit.WebSocketPeer;
import dev.gatehouse.testkit.WebSocketRecorder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 6455 §5: good frames, then one that breaks the protocol, then noise, cut anywhere on the way. What was good
 * arrives, the offender is told 1002, the other side that it is over, and nothing stays. {@code -Dgatehouse.fuzz} sets
 * the rounds.
 */
@Timeout(300)
class FuzzedFramesTest {
    private static final int ROUNDS = Integer.getInteger("gatehouse.fuzz", 120);
    private static final List<Integer> UNKNOWN = List.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15);

    /** The backend's end of a session, in the hands of the test until it is closed. */
    private record Accepted(WebSocketPeer peer, CountDownLatch done) implements AutoCloseable {
        @Override
        public void close() {
            done.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({"BRIDGE, true", "BRIDGE, false", "RELAY, true", "RELAY, false"})
    void offenderHears1002AndTheOtherSideThatItIsOver(Mode mode, boolean isFromClient) throws Exception {
        BlockingQueue<Accepted> accepted = new ArrayBlockingQueue<>(1);
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request);
                    Accepted session = new Accepted(peer, new CountDownLatch(1));
                    accepted.add(session);
                    session.done().await(30, TimeUnit.SECONDS); // the test's thread has the peer until then
                });
                WebSocketHarness gateway = new WebSocketHarness(settings(mode), backend.port())) {
            for (int seed = 0; seed < ROUNDS; seed++) {
                try (WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/");
                        Accepted session = accepted.poll(10, TimeUnit.SECONDS)) {
                    WebSocketPeer server = session.peer();
                    Random random = new Random(seed);
                    if (isFromClient) {
                        violate(client.peer(), server, true, random, "seed " + seed);
                    } else {
                        violate(server, client.peer(), false, random, "seed " + seed);
                    }
                }
            }
            await().atMost(Duration.ofSeconds(15)).until(() -> gateway.bridges().count() == 0);
            assertThat(gateway.reports()).hasSize(ROUNDS);
        }
    }

    private static WebSocketHarness.Settings settings(Mode mode) {
        WebSocketHarness.Settings settings = new WebSocketHarness.Settings();
        settings.webSocket = new WebSocketSettings(
                mode, Map.of(), Duration.ZERO, Duration.ZERO, 0, false, Compression.OFF, Map.of(), false, List.of());
        return settings;
    }

    private static void violate(
            WebSocketPeer offender, WebSocketPeer other, boolean isMasked, Random random, String what)
            throws Exception {
        int good = random.nextInt(4);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < good; i++) {
            bytes.write(offender.encode(true, WebSocketPeer.BINARY, new byte[random.nextInt(400)]));
        }
        bytes.write(bad(offender, isMasked, random));
        byte[] noise = new byte[4 + random.nextInt(50)]; // a header is judged when it is whole
        random.nextBytes(noise);
        bytes.write(noise);
        send(offender, bytes.toByteArray(), random);
        for (int i = 0; i < good; i++) {
            WebSocketPeer.Frame frame = other.readMessage();
            assertThat(frame.opcode())
                    .as(
                            "%s, message %d of %d, close %s",
                            what, i, good, frame.opcode() == 8 ? frame.closeCode() + frame.closeReason() : "none")
                    .isEqualTo(WebSocketPeer.BINARY);
        }
        WebSocketPeer.Frame told = other.readMessage(); // what began within the rules may have come before it
        while (told.opcode() != WebSocketPeer.CLOSE) {
            told = other.readMessage();
        }
        assertThat(told.closeCode()).as(what).isIn(1001, 1002, 1011);
        assertThat(closeCode(offender)).as(what).isEqualTo(1002);
    }

    // Noise that nobody reads may make a reset of the end, which can overtake the Close.
    private static int closeCode(WebSocketPeer offender) throws IOException {
        try {
            WebSocketPeer.Frame frame = offender.read();
            return frame.opcode() == WebSocketPeer.CLOSE ? frame.closeCode() : -frame.opcode();
        } catch (SocketException e) {
            return 1002;
        }
    }

    private static void send(WebSocketPeer peer, byte[] bytes, Random random) throws Exception {
        int from = 0;
        while (from < bytes.length) {
            int count = Math.min(bytes.length - from, 1 + random.nextInt(random.nextBoolean() ? 3 : 300));
            try {
                peer.write(java.util.Arrays.copyOfRange(bytes, from, from + count));
            } catch (SocketException e) {
                return; // it was sent away already
            }
            from += count;
            if (random.nextInt(8) == 0) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    private static byte[] bad(WebSocketPeer offender, boolean isMasked, Random random) {
        byte[] frame = offender.encode(true, WebSocketPeer.BINARY, new byte[random.nextInt(300)]);
        switch (random.nextInt(6)) {
            case 0 -> frame[0] |= (byte) (0x10 << random.nextInt(3)); // reserved bits
            case 1 -> frame[0] = (byte) (0x80 | UNKNOWN.get(random.nextInt(UNKNOWN.size())));
            case 2 -> frame[1] ^= (byte) 0x80; // masked or not, the other way round
            case 3 -> frame[0] = (byte) 0x80; // goes on with what never began
            case 4 -> frame = offender.encode(false, 8 + random.nextInt(3), new byte[2]); // half a control frame
            default -> frame = longControl(offender, isMasked, random);
        }
        return frame;
    }

    private static byte[] longControl(WebSocketPeer offender, boolean isMasked, Random random) {
        byte[] frame = offender.encode(true, 9 + random.nextInt(2), new byte[126]);
        assertThat((frame[1] & 0x80) != 0).isEqualTo(isMasked);
        return frame;
    }
}
