package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.LoadDistributionPolicy.Algorithm;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.RecordingBackend.Script;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-38, REQ-40, REQ-45: what is tried again, where, and how often. */
@Timeout(60)
class RetryTest {
    private static final Script SILENT = request -> {
        request.body();
        request.wire().endsWithin(10_000);
    };
    private static final Script CLOSES = request -> {
        request.body();
        request.wire().close();
    };
    private static final Script RESETS = request -> {
        request.body();
        request.wire().reset();
    };
    private static final Map<String, Script> SCRIPTS = Map.of(
            "silent",
            SILENT,
            "closes",
            CLOSES,
            "resets",
            RESETS,
            "partly",
            request -> {
                request.answer("HTTP/1.1 200 OK\r\nContent-Le");
                request.wire().close();
            },
            "garbage",
            request -> {
                request.answer("HTTP/1.1 abc\r\n\r\n");
                request.wire().close();
            },
            "halfBody",
            request -> {
                request.answer("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + "x".repeat(100_000));
                request.wire().close();
            });

    private final RecordingBackend first = backend();
    private final RecordingBackend second = backend();
    private final ForwardHarness.Settings settings = new ForwardHarness.Settings();

    private static RecordingBackend backend() {
        try {
            return new RecordingBackend();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void nameTheBackends() {
        settings.requestTimeout = Duration.ofSeconds(1);
        second.answers(request -> request.ok("second"));
    }

    @AfterEach
    void close() throws Exception {
        first.close();
        second.close();
    }

    @ParameterizedTest // the first member fails on a fresh connection, the second would answer
    @CsvSource({
        "silent,   GET,     0, 200",
        "silent,   HEAD,    0, 200",
        "silent,   OPTIONS, 0, 200",
        "silent,   PUT,     0, 200",
        "silent,   DELETE,  0, 200",
        "silent,   POST,    0, 504",
        "silent,   PATCH,   0, 504",
        "silent,   PUT,     4, 200", // the body was kept and can be sent again
        "closes,   GET,     0, 200",
        "closes,   PUT,     0, 200",
        "closes,   PUT,     4, 502",
        "closes,   POST,    0, 502",
        "resets,   GET,     0, 200",
        "resets,   POST,    4, 502",
        "partly,   GET,     0, 502",
        "garbage,  GET,     0, 502",
        "noBody,   GET,     0, 200",
    })
    void secondMemberIsAskedWhereThatIsSafe(String failure, String method, int bodyBytes, int status) throws Exception {
        first.answers(SCRIPTS.get(failure));
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port())) {
            Head head = send(gateway, method, "/", bodyBytes);
            assertThat(head.status()).isEqualTo(status);
            assertThat(first.recorded()).isEqualTo(1);
            assertThat(second.recorded()).isEqualTo(status == 200 ? 1 : 0);
            assertIdle(gateway, 2);
        }
    }

    @Test // part of it is with the client already
    void answerThatBreaksOffLaterIsCut() throws Exception {
        first.answers(SCRIPTS.get("halfBody"));
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port());
                Wire wire = Wire.connect(gateway.port())) {
            wire.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
            assertThat(wire.readFinalHead().status()).isEqualTo(200);
            assertThatThrownBy(() -> wire.readBytes(200_000)).isInstanceOf(EOFException.class);
            assertThat(second.recorded()).isZero();
            assertIdle(gateway, 2);
        }
    }

    @Test // the documented behaviour without exception
    void switchRestoresTheSecondTryOfPosts() throws Exception {
        settings.retryNonIdempotent = true;
        first.answers(SILENT);
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port())) {
            assertThat(send(gateway, "POST", "/", 0).status()).isEqualTo(200);
        }
    }

    @Test // v1: no second try after a time-out, and 502
    void v1GivesUpOnASilentBackend() throws Exception {
        settings.isV1 = true;
        first.answers(SILENT);
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port())) {
            assertThat(send(gateway, "GET", "/", 0).status()).isEqualTo(502);
            assertThat(second.recorded()).isZero();
        }
    }

    @ParameterizedTest // never more than one re-send
    @ValueSource(strings = {"silent", "closes"})
    void thirdMemberGetsNoThirdCopy(String failure) throws Exception {
        try (RecordingBackend third = new RecordingBackend()) {
            first.answers(SCRIPTS.get(failure));
            second.answers(SCRIPTS.get(failure));
            try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port(), third.port())) {
                assertThat(send(gateway, "GET", "/", 0).status()).isEqualTo(failure.equals("silent") ? 504 : 502);
                assertThat(third.recorded()).isZero();
                assertIdle(gateway, 3);
            }
        }
    }

    @ParameterizedTest // nothing was sent: any method, and as many members as there are
    @CsvSource({"GET, 0", "POST, 0", "POST, 9", "PATCH, 9"})
    void membersThatRefuseArePassedByOneAfterTheOther(String method, int bodyBytes) throws Exception {
        settings.requestTimeout = Duration.ofSeconds(20);
        try (ForwardHarness gateway =
                ForwardHarness.to(settings, closedPort(), closedPort(), closedPort(), second.port())) {
            for (int i = 0; i < 8; i++) {
                assertThat(send(gateway, method, "/" + i, bodyBytes).status()).isEqualTo(200);
                assertThat(second.take().body()).hasSize(bodyBytes);
            }
            assertThat(gateway.member(0).rest().isOn()).isTrue(); // REQ-45: and its health is what it was
            assertThat(gateway.member(3).rest().isOn()).isFalse();
            assertIdle(gateway, 4);
        }
    }

    @Test
    void allMembersRefusingIsBadGatewayUntilOneIsBack() throws Exception {
        second.stop();
        try (ForwardHarness gateway = ForwardHarness.to(settings, closedPort(), second.port())) {
            assertThat(send(gateway, "GET", "/", 0).status()).isEqualTo(502);
            second.start();
            assertThat(send(gateway, "GET", "/", 0).status()).isEqualTo(200); // rest is an order, no ban
        }
    }

    @ParameterizedTest // refused connects do not use up the one re-send
    @ValueSource(strings = {"silent", "closes"})
    void reSendGoesPastAMemberThatRefuses(String failure) throws Exception {
        first.answers(SCRIPTS.get(failure));
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), closedPort(), second.port())) {
            assertThat(send(gateway, "GET", "/", 0).status()).isEqualTo(200);
            assertThat(second.recorded()).isEqualTo(1);
        }
    }

    @ParameterizedTest // on a pooled connection that had died: once more, on a new one
    @CsvSource({"GET, 0, 200", "PUT, 0, 200", "POST, 0, 502", "POST, 4, 502"})
    void deadPooledConnectionIsReplaced(String method, int bodyBytes, int status) throws Exception {
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port())) {
            int old = primedConnection(gateway);
            first.answers(request -> {
                request.body();
                if (request.connection() == old) {
                    request.wire().reset();
                } else {
                    request.ok("new");
                }
            });
            assertThat(send(gateway, method, "/again", bodyBytes).status()).isEqualTo(status);
            assertThat(first.take().connection()).isEqualTo(old);
            assertThat(first.recorded()).isEqualTo(status == 200 ? 1 : 0);
            assertIdle(gateway, 1);
        }
    }

    @Test // a backend that is being killed may take a new connection and reset it, too
    void reSendGoesToTheOtherMemberIfThereIsOne() throws Exception {
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port())) {
            int old = primedConnection(gateway);
            first.answers(RESETS);
            for (int i = 0; i < 2; i++) { // one of the two is the first member's turn
                assertThat(send(gateway, "GET", "/", 0).status()).isEqualTo(200);
            }
            assertThat(first.take().connection()).isEqualTo(old);
            assertThat(first.recorded()).isZero();
            assertThat(second.recorded()).isEqualTo(2);
        }
    }

    @Test // its idle connection had died, nobody else is there: it may be alive all the same
    void memberWithADeadConnectionIsAskedAnewIfTheOthersRefuse() throws Exception {
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port())) {
            int old = primedConnection(gateway);
            second.stop();
            first.answers(request -> {
                request.body();
                if (request.connection() == old) {
                    request.wire().reset();
                } else {
                    request.ok("new");
                }
            });
            for (int i = 0; i < 2; i++) {
                assertThat(send(gateway, "GET", "/", 0).status()).isEqualTo(200);
            }
        }
    }

    @Test // the other member would not know the client
    void boundClientStaysWithItsMember() throws Exception {
        settings.affinity = new CookieAffinity(true, "A");
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port())) {
            int old = primedConnection(gateway);
            String cookie = send(gateway, "GET", "/", 0).values("Set-Cookie").get(1);
            while (first.recorded() == 0) {
                cookie = send(gateway, "GET", "/", 0).values("Set-Cookie").get(1);
            }
            first.reset();
            second.reset();
            awaitRelease(gateway);
            first.answers(request -> {
                request.body();
                if (request.connection() == old) {
                    request.wire().reset();
                } else {
                    request.ok("new");
                }
            });
            try (Wire wire = Wire.connect(gateway.port())) {
                wire.write("GET / HTTP/1.1\r\nHost: a.example\r\nCookie: " + cookie.split(";", 2)[0] + "\r\n\r\n");
                Head head = wire.readFinalHead();
                assertThat(head.status()).isEqualTo(200);
                assertThat(head.values("Set-Cookie")).isEmpty();
            }
            assertThat(first.recorded()).isEqualTo(2);
            assertThat(second.recorded()).isZero();
        }
    }

    @Test // the backend had begun to answer
    void pooledConnectionThatDiesWithinTheHeadIsNotReplaced() throws Exception {
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port())) {
            primedConnection(gateway);
            first.answers(SCRIPTS.get("partly"));
            assertThat(send(gateway, "GET", "/again", 0).status()).isEqualTo(502);
            assertThat(first.recorded()).isEqualTo(1);
        }
    }

    @Test // the connection died with its backend: dead connection, refused connect, other member
    void backendThatWentAwayFailsNoIdempotentRequest() throws Exception {
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port())) {
            primedConnection(gateway);
            first.stop();
            for (int i = 0; i < 6; i++) {
                assertThat(send(gateway, "GET", "/", 0).status()).isEqualTo(200);
            }
            assertThat(second.recorded()).isEqualTo(6);
        }
    }

    @Test // passive health is an order of tries, no state
    void memberThatIsBackGetsItsShareAgain() throws Exception {
        first.stop();
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port())) {
            assertThat(send(gateway, "GET", "/", 0).status()).isEqualTo(200);
            first.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                assertThat(send(gateway, "POST", "/", 0).status()).isEqualTo(200);
                return first.recorded() > 0;
            });
        }
    }

    @Test // WS-12: nothing was sent
    void handshakeGoesPastMembersThatRefuse() throws Exception {
        second.answers(request -> {
            request.wire().write(WebSocketWire.acceptance(request, ""));
            request.wire().endsWithin(5_000);
        });
        try (ForwardHarness gateway = ForwardHarness.to(settings, closedPort(), closedPort(), second.port())) {
            try (WebSocketWire session = WebSocketWire.open(Wire.connect(gateway.port()), "/", "a.example", "")) {
                assertThat(session.head().status()).isEqualTo(101);
                assertThat(gateway.member(2).inFlight()).isEqualTo(1);
            }
            assertThat(gateway.member(0).rest().isOn()).isTrue();
            assertIdle(gateway, 3);
        }
    }

    @ParameterizedTest // REQ-38: a handshake that was sent is not sent again
    @CsvSource({"silent, 504", "closes, 502"})
    void handshakeIsNotRepeatedOnceItWasSent(String failure, int status) throws Exception {
        first.answers(SCRIPTS.get(failure));
        settings.algorithm = Algorithm.ROUND_ROBIN;
        try (ForwardHarness gateway =
                        new ForwardHarness(settings, new int[] {first.port()}, new int[] {second.port()});
                Wire wire = Wire.connect(gateway.port())) {
            wire.write(WebSocketWire.handshake("/", "a.example", ""));
            assertThat(wire.readFinalHead().status()).isEqualTo(status);
            assertThat(second.recorded()).isZero();
            assertIdle(gateway, 2);
        }
    }

    /** Sends a request on a connection of its own and reads the whole answer. */
    private static Head send(ForwardHarness gateway, String method, String target, int bodyBytes) throws IOException {
        try (Wire wire = Wire.connect(gateway.port())) {
            String length = bodyBytes > 0 || method.equals("POST") ? "Content-Length: " + bodyBytes + "\r\n" : "";
            wire.write(method + ' ' + target + " HTTP/1.1\r\nHost: a.example\r\n" + length + "\r\n"
                    + "x".repeat(bodyBytes));
            Head head = wire.readFinalHead();
            wire.readAnswerBody(head, method);
            return head;
        }
    }

    /** Number of a connection of the first backend that rests in the pool. */
    private int primedConnection(ForwardHarness gateway) throws Exception {
        int before = -1;
        while (true) {
            send(gateway, "GET", "/prime", 0);
            if (first.recorded() == 0) {
                continue; // it was the other member's turn
            }
            int now = first.take().connection();
            if (now == before) {
                second.reset();
                second.answers(request -> request.ok("second"));
                awaitRelease(gateway);
                return now;
            }
            before = now;
        }
    }

    // The count goes down after the connection is back in the pool.
    private static void awaitRelease(ForwardHarness gateway) {
        await().atMost(Duration.ofSeconds(5)).until(() -> gateway.member(0).inFlight() == 0);
    }

    private static void assertIdle(ForwardHarness gateway, int members) {
        for (int i = 0; i < members; i++) {
            int index = i;
            await().atMost(Duration.ofSeconds(8))
                    .untilAsserted(
                            () -> assertThat(gateway.member(index).inFlight()).isZero());
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
