package dev.gatehouse.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.RecordingBackend.Received;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-38, REQ-40: the table of outcomes when a backend fails. */
interface FailureSuite extends Suite {
    @ParameterizedTest
    @ValueSource(strings = {"empty.example", "never.example"})
    default void noEligibleMemberIsBadGateway(String host) throws Exception {
        Answer answer = get(host, "/");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.head().value("Server")).isEqualTo("Gatehouse"); // REQ-47
        assertThat(answer.text()).contains("502 Bad Gateway").doesNotContain("127.0.0.1", "Exception");
    }

    @Test
    default void refusedConnectionIsTriedOnTheOtherMember() throws Exception {
        backends().spareFirst.stop();
        for (int i = 0; i < 4; i++) {
            assertThat(get("spare.example", "/").status()).isEqualTo(200);
            Answer post = send(Suite.post("spare.example", "/", "body " + i)); // nothing was sent: any method
            assertThat(post.status()).isEqualTo(200);
        }
        assertThat(backends().spareSecond.recorded()).isEqualTo(8);
        for (int i = 0; i < 4; i++) {
            backends().spareSecond.take();
            assertThat(new String(backends().spareSecond.take().body(), UTF_8)).isEqualTo("body " + i);
        }
    }

    @Test
    default void allMembersRefusingIsBadGateway() throws Exception {
        backends().spareFirst.stop();
        backends().spareSecond.stop();
        assertThat(get("spare.example", "/").status()).isEqualTo(502);
        backends().spareFirst.start();
        assertThat(get("spare.example", "/").status()).isEqualTo(200);
    }

    @Test // one member, requestTimeout 1 s
    default void silentBackendIsGatewayTimeout() throws Exception {
        backends().plain.answers(FailureSuite::saysNothing);
        long start = System.nanoTime();
        assertThat(get("short.example", "/").status()).isEqualTo(504);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
        assertThat(backends().plain.recorded()).isEqualTo(1);
    }

    @Test // requestTimeout is silence, not a total
    default void slowButSteadyBackendIsNoTimeout() throws Exception {
        backends().plain.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
            for (int i = 0; i < 4; i++) {
                Thread.sleep(450); // time has to pass here: 1.8 s in all, never 1 s of silence
                request.wire().write("x");
            }
        });
        assertThat(get("short.example", "/").text()).isEqualTo("xxxx");
    }

    @Test
    default void silenceWithinTheBodyCutsTheConnection() throws Exception {
        backends().plain.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            saysNothing(request);
        });
        try (Wire wire = connect()) {
            wire.write(Suite.get("short.example", "/", ""));
            Head head = wire.readFinalHead();
            assertThatThrownBy(() -> wire.readAnswerBody(head, "GET"))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    default void silentBackendMakesSafeRequestsTryTheOtherMember() throws Exception {
        backends().spareFirst.answers(FailureSuite::saysNothing);
        assertThat(get("spare.example", "/").status()).isEqualTo(200);
        assertThat(get("spare.example", "/").status()).isEqualTo(200);
    }

    @Test
    default void silentBackendGetsNoSecondPost() throws Exception {
        backends().spareFirst.answers(FailureSuite::saysNothing);
        backends().spareSecond.answers(FailureSuite::saysNothing);
        assertThat(send(Suite.post("spare.example", "/", "once")).status()).isEqualTo(504);
        assertThat(backends().spareFirst.recorded() + backends().spareSecond.recorded())
                .isEqualTo(1);
    }

    @Test // a pooled connection that had died unnoticed
    default void deadPooledConnectionIsRetriedOnceForGet() throws Exception {
        RecordingBackend backend = backends().plain;
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            int primed = prime(backend);
            backend.answers(request -> answerOnNewConnections(request, primed));
            assertThat(get("plain.example", "/again").status()).isEqualTo(200);
            int first = backend.take().connection();
            boolean wasReused = first <= primed; // else the connection was not yet back in the pool: once more
            assertThat(backend.recorded()).isEqualTo(wasReused ? 1 : 0);
            backend.reset();
            return wasReused;
        });
    }

    @Test
    default void deadPooledConnectionIsNotRetriedForPost() throws Exception {
        RecordingBackend backend = backends().plain;
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            int primed = prime(backend);
            backend.answers(request -> answerOnNewConnections(request, primed));
            int status = send(Suite.post("plain.example", "/once", "body")).status();
            boolean wasReused = backend.take().connection() <= primed;
            assertThat(status).isEqualTo(wasReused ? 502 : 200);
            assertThat(backend.recorded()).isZero();
            backend.reset();
            return wasReused;
        });
    }

    @Test // RFC 9112 §9.3.1: servers that end connections without a word, as Socket.IO's do
    default void postMeetsNoConnectionThatTheBackendHasEnded() throws Exception {
        backends().plain.answers(request -> {
            request.ok("ok");
            request.wire().close();
        });
        for (int i = 0; i < 10; i++) {
            assertThat(send(Suite.post("plain.example", "/p", "x")).status()).isEqualTo(200);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test // RFC 9112 section 6.3: the coding counts, so a length beside it must not reach the client
    default void lengthBesideACodingIsNotPassedOn() throws Exception {
        backends().plain.answers(request -> {
            request.body();
            String head = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n";
            request.wire().write(head);
            request.wire().write("5\r\nwhole\r\n0\r\n\r\n");
        });
        assertThat(get("plain.example", "/").text()).isEqualTo("whole");
    }

    @Test // bytes behind an answer belong to nobody, least of all to the next client
    default void surplusOfOneAnswerIsNobodyElsesAnswer() throws Exception {
        backends().plain.answers(request -> {
            request.body();
            // at once: what comes after the next request was sent is its answer, for all that HTTP can tell
            request.wire()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                            + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nPOISON");
        });
        for (int i = 0; i < 5; i++) {
            assertThat(get("plain.example", "/" + i).text()).doesNotContain("POISON");
        }
    }

    @Test // REQ-40: one second of requestTimeout also bounds a backend that takes no more of the body
    default void backendThatStopsReadingIsGatewayTimeout() throws Exception {
        backends().plain.answers(FailureSuite::readsNothing);
        long start = System.nanoTime();
        try (Wire wire = connect()) {
            wire.write("POST / HTTP/1.1\r\nHost: short.example\r\nContent-Length: 67108864\r\n\r\n");
            Thread upload = new Thread(() -> uploadUntilCut(wire));
            upload.setDaemon(true);
            upload.start();
            assertThat(wire.readFinalHead().status()).isEqualTo(504);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    private int prime(RecordingBackend backend) throws IOException, InterruptedException {
        assertThat(get("plain.example", "/prime").status()).isEqualTo(200);
        return backend.take().connection();
    }

    private static void answerOnNewConnections(Received request, int lastOld) throws IOException {
        request.body();
        if (request.connection() > lastOld) {
            request.ok("new");
        } else {
            request.wire().reset();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 abc Bad\r\n\r\n"
            })
    default void backendThatDoesNotSpeakHttpIsBadGateway(String answer) throws Exception {
        for (RecordingBackend backend : List.of(backends().first, backends().second)) {
            backend.answers(request -> {
                request.answer(answer);
                request.wire().close();
            });
        }
        assertThat(send(Suite.post("two.example", "/", "x")).status()).isEqualTo(502);
    }

    @Test // REQ-47: a gateway's error is the end of the exchange, not of the connection
    default void connectionSurvivesAnErrorOfTheGateway() throws Exception {
        try (Wire wire = connect()) {
            assertThat(send(wire, Suite.get("empty.example", "/", "")).status()).isEqualTo(502);
            assertThat(send(wire, Suite.get("plain.example", "/", "")).status()).isEqualTo(200);
        }
    }

    private static void uploadUntilCut(Wire wire) {
        try {
            for (int i = 0; i < 1024; i++) {
                wire.write("x".repeat(64 * 1024));
            }
        } catch (IOException e) {
            return; // the gateway gave up: what the test is about
        }
    }

    /** Takes the head of a request and nothing more. */
    private static void readsNothing(Received request) throws IOException {
        try {
            assertThat(new CountDownLatch(1).await(6, TimeUnit.SECONDS)).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        request.wire().close();
    }

    /** Waits until the gateway gives up. */
    private static void saysNothing(Received request) throws IOException {
        request.body();
        request.wire().endsWithin(10_000);
        request.wire().close();
    }
}
