package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend.Received;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-7, REQ-8, REQ-38 (client gone), REQ-43 and REQ-46 (1xx): who waits for whom, with both kinds of buffering on. */
interface StreamingSuite extends Suite {
    int LONG = 40_000_000;

    @ParameterizedTest // REQ-7: a slow uploader holds no backend
    @ValueSource(ints = {5, 500_000})
    default void uploadReachesTheBackendOnlyWhenItIsWhole(int half) throws Exception {
        try (Wire wire = connect()) {
            wire.write("POST / HTTP/1.1\r\nHost: plain.example\r\nContent-Length: " + 2 * half + "\r\n\r\n");
            wire.write(new byte[half]);
            Thread.sleep(500); // nothing may happen
            assertThat(backends().plain.recorded()).isZero();
            wire.write(new byte[half]);
            assertThat(wire.readFinalHead().status()).isEqualTo(200);
        }
        assertThat(backends().plain.take().body()).hasSize(2 * half);
    }

    @Test // REQ-8: answered here, before any backend knows
    default void expectationIsAnsweredByTheGateway() throws Exception {
        try (Wire wire = connect()) {
            wire.write("PUT / HTTP/1.1\r\nHost: plain.example\r\nContent-Length: 4\r\nExpect: 100-Continue\r\n\r\n");
            assertThat(wire.readHead().status()).isEqualTo(100);
            assertThat(backends().plain.recorded()).isZero();
            wire.write("body");
            assertThat(wire.readHead().status()).isEqualTo(200);
        }
        assertThat(backends().plain.take().head().has("Expect")).isFalse();
    }

    @Test // REQ-8: nobody asks for a body that no backend will take
    default void expectantClientOfAnEmptyPoolGetsTheErrorAlone() throws Exception {
        try (Wire wire = connect()) {
            wire.write("PUT / HTTP/1.1\r\nHost: empty.example\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
            assertThat(wire.readHead().status()).isEqualTo(502);
        }
    }

    @Test // REQ-8, RFC 9110 section 10.1.1
    default void oldClientIsToldNothingBeforeTheAnswer() throws Exception {
        try (Wire wire = connect()) {
            wire.write("PUT / HTTP/1.0\r\nHost: plain.example\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
            wire.write("body");
            assertThat(wire.readHead().status()).isEqualTo(200);
        }
    }

    @Test // REQ-8, RFC 9110 section 10.1.1
    default void unknownExpectationFails() throws Exception {
        assertThat(send(Suite.get("plain.example", "/", "Expect: the-unexpected\r\n"))
                        .status())
                .isEqualTo(417);
    }

    @ParameterizedTest // REQ-38: the backend is let go while it thinks, and while it is silent between two events
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    default void clientThatLeavesFreesASilentBackend(boolean tls, boolean hasBegun) throws Exception {
        CompletableFuture<Long> ended = new CompletableFuture<>();
        backends().plain.answers(request -> {
            if (hasBegun) {
                request.wire().write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nevent\n");
            }
            boolean isEnded = request.wire().endsWithin(10_000);
            ended.complete(isEnded ? System.nanoTime() : Long.MAX_VALUE);
            request.wire().close();
        });
        Wire wire = tls ? Wire.connectTls(home().httpsPort(), "plain.example") : connect();
        wire.write(Suite.get("plain.example", "/", ""));
        backends().plain.take();
        if (hasBegun) {
            wire.readFinalHead();
        }
        Thread.sleep(200);
        long left = System.nanoTime();
        wire.close();
        assertThat(TimeUnit.NANOSECONDS.toMillis(ended.get(12, TimeUnit.SECONDS) - left))
                .isLessThan(2_000);
    }

    @Test // REQ-38: what a client sends while it waits is its next request, and is not lost
    default void pipelinedRequestSurvivesTheWait() throws Exception {
        backends().plain.answers(request -> {
            if (request.head().target().equals("/first")) {
                Thread.sleep(1_600); // long enough to be looked after
            }
            request.ok(request.head().target());
        });
        for (boolean tls : new boolean[] {false, true}) {
            try (Wire wire = tls ? Wire.connectTls(home().httpsPort(), "plain.example") : connect()) {
                wire.write(Suite.get("plain.example", "/first", ""));
                Thread.sleep(100);
                wire.write(Suite.get("plain.example", "/second", "") + Suite.post("plain.example", "/third", "x=1"));
                for (String expected : new String[] {"/first", "/second", "/third"}) {
                    Head head = wire.readFinalHead();
                    assertThat(wire.readAnswerBody(head, "GET")).asString().isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest // REQ-7: the backend is done while its client has hardly begun
    @ValueSource(strings = {"Content-Length: " + LONG, "Transfer-Encoding: chunked"})
    default void slowClientHoldsNoBackend(String framing) throws Exception {
        byte[] body = pattern(LONG);
        CompletableFuture<Void> done = new CompletableFuture<>();
        backends().plain.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
            sendInPieces(request, body, framing.contains("chunked"));
            done.complete(null);
        });
        try (Wire wire = connect()) {
            wire.write(Suite.get("plain.example", "/", ""));
            Head head = wire.readFinalHead();
            done.get(10, TimeUnit.SECONDS);
            assertThat(Arrays.equals(wire.readAnswerBody(head, "GET"), body)).isTrue();
            backends().plain.answers(request -> request.ok("next"));
            assertThat(send(wire, Suite.get("plain.example", "/", "")).text()).isEqualTo("next");
        }
    }

    private static void sendInPieces(Received request, byte[] body, boolean isChunked) throws IOException {
        int piece = 100_000;
        for (int at = 0; at < body.length; at += piece) {
            request.wire().write(isChunked ? Integer.toHexString(piece) + "\r\n" : "");
            request.wire().write(Arrays.copyOfRange(body, at, at + piece));
            request.wire().write(isChunked ? "\r\n" : "");
        }
        request.wire().write(isChunked ? "0\r\n\r\n" : "");
    }

    @Test // REQ-7, REQ-38: a body that breaks off behind a slow client never ends cleanly
    default void brokenAnswerOfASlowClientIsVisible() throws Exception {
        backends().plain.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: " + (LONG + 1) + "\r\n\r\n");
            sendInPieces(request, pattern(LONG), false);
            request.wire().close();
        });
        try (Wire wire = connect()) {
            wire.write(Suite.get("plain.example", "/", ""));
            Head head = wire.readFinalHead();
            Thread.sleep(2_000); // a slow client
            assertThatThrownBy(() -> wire.readAnswerBody(head, "GET"))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test // REQ-40: a backend that echoes a long upload as it reads it
    default void echoOfALongUploadComesBackWhole() throws Exception {
        byte[] body = pattern(LONG);
        backends().plain.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: " + LONG + "\r\n\r\n");
            for (int left = LONG; left > 0; left -= 100_000) {
                request.wire().write(request.wire().readBytes(100_000));
            }
        });
        try (Wire wire = connect()) {
            wire.write("PUT / HTTP/1.1\r\nHost: plain.example\r\nContent-Length: " + LONG + "\r\n\r\n");
            wire.write(body);
            Head head = wire.readFinalHead();
            assertThat(Arrays.equals(wire.readAnswerBody(head, "PUT"), body)).isTrue();
        }
    }

    @Test // REQ-46, RFC 9112 section 9.5: it answers, then neither reads on nor closes
    default void refusalByABackendThatReadsNoMoreReachesTheClient() throws Exception {
        backends().plain.answers(request -> {
            request.wire().write("HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge");
            Thread.sleep(5_000); // holds the connection
            request.wire().close();
        });
        try (Wire wire = connect()) {
            wire.write("PUT / HTTP/1.1\r\nHost: plain.example\r\nContent-Length: " + LONG + "\r\n\r\n");
            wire.write(new byte[LONG]);
            Head head = wire.readFinalHead();
            assertThat(head.status()).isEqualTo(413);
            assertThat(wire.readAnswerBody(head, "PUT")).asString().isEqualTo("large");
        }
    }

    @Test // REQ-46: at once, with its own fields, which are not those of the answer
    default void earlyHintsArriveEarly() throws Exception {
        CompletableFuture<Void> clientHasHints = new CompletableFuture<>();
        backends().plain.answers(request -> {
            request.wire().write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n");
            request.wire()
                    .write("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nLink: </b.js>\r\n")
                    .write("Connection: X-Hop\r\nX-Hop: 1\r\n\r\n");
            clientHasHints.get(5, TimeUnit.SECONDS);
            request.ok("late");
        });
        try (Wire wire = connect()) {
            wire.write(Suite.get("plain.example", "/", ""));
            Head hints = wire.readHead();
            assertThat(hints.status()).isEqualTo(103);
            assertThat(hints.values("Link")).containsExactly("</a.css>; rel=preload", "</b.js>");
            assertThat(hints.has("X-Hop")).isFalse();
            assertThat(hints.has("Content-Length")).isFalse();
            clientHasHints.complete(null);
            Head head = wire.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.has("Link")).isFalse();
            assertThat(wire.readAnswerBody(head, "GET")).asString().isEqualTo("late");
            backends().plain.answers(request -> request.ok("next"));
            assertThat(send(wire, Suite.get("plain.example", "/", "")).text()).isEqualTo("next");
        }
    }

    @Test // REQ-46, RFC 9110 section 15.2
    default void oldClientGetsNoHints() throws Exception {
        backends().plain.answers(request -> {
            request.wire().write("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
            request.ok("body");
        });
        try (Wire wire = connect()) {
            wire.write("GET / HTTP/1.0\r\nHost: plain.example\r\n\r\n");
            assertThat(wire.readHead().status()).isEqualTo(200);
        }
    }

    @Test // REQ-43
    default void trailersOfARequestReachTheBackend() throws Exception {
        CompletableFuture<String> trailers = new CompletableFuture<>();
        backends().plain.answers(request -> {
            assertThat(request.head().values("Trailer")).containsExactly("X-Sum");
            assertThat(request.wire().readLine()).isEqualTo("4");
            assertThat(Backends.text(request.wire().readBytes(6))).isEqualTo("body\r\n");
            assertThat(request.wire().readLine()).isEqualTo("0");
            StringBuilder lines = new StringBuilder();
            for (String line = request.wire().readLine();
                    !line.isEmpty();
                    line = request.wire().readLine()) {
                lines.append(line.toLowerCase(java.util.Locale.ROOT)).append('\n');
            }
            trailers.complete(lines.toString());
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        try (Wire wire = connect()) {
            wire.write("PUT / HTTP/1.1\r\nHost: plain.example\r\nTransfer-Encoding: chunked\r\n");
            wire.write("Trailer: X-Sum, Host, Authorization\r\n\r\n4\r\nbody\r\n0\r\n");
            wire.write("X-Sum: 42\r\nHost: evil.example\r\nAuthorization: Basic eA==\r\nContent-Length: 9\r\n\r\n");
            assertThat(wire.readFinalHead().status()).isEqualTo(200);
            backends().plain.answers(request -> request.ok("next"));
            assertThat(send(wire, Suite.get("plain.example", "/", "")).text()).isEqualTo("next");
        }
        assertThat(trailers.get(1, TimeUnit.SECONDS)).isEqualTo("x-sum: 42\n");
    }

    @ParameterizedTest // REQ-42, REQ-43: to whoever takes them, or was told of them
    @CsvSource({"TE: trailers,", ",Trailer: X-Sum", "TE: trailers,Trailer: X-Sum"})
    default void trailersOfAnAnswerReachTheClient(String request, String announced) throws Exception {
        backends()
                .plain
                .answers(received -> received.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                        + (announced == null ? "" : announced + "\r\n")
                        + "\r\n4\r\nbody\r\n0\r\nX-Sum: 42\r\nSet-Cookie: a=b\r\nContent-Length: 3\r\n\r\n"));
        try (Wire wire = connect()) {
            wire.write(Suite.get("plain.example", "/", request == null ? "" : request + "\r\n"));
            Head head = wire.readFinalHead();
            assertThat(head.value("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(head.value("Trailer")).isEqualTo(announced == null ? "" : "X-Sum");
            assertThat(Integer.parseInt(wire.readLine(), 16)).isEqualTo(4);
            assertThat(Backends.text(wire.readBytes(6))).isEqualTo("body\r\n");
            assertThat(Integer.parseInt(wire.readLine(), 16)).isZero();
            assertThat(wire.readLine()).isEqualToIgnoringCase("X-Sum: 42");
            assertThat(wire.readLine()).isEmpty();
            backends().plain.answers(received -> received.ok("next"));
            assertThat(send(wire, Suite.get("plain.example", "/", "")).text()).isEqualTo("next");
        }
        assertThat(backends().plain.take().head().value("TE")).isEqualTo(request == null ? "" : "trailers");
    }

    @ParameterizedTest // REQ-46: no body, the length as it was, and the connection in order
    @CsvSource({
        "HEAD, 200 OK, Content-Length: 1234",
        "HEAD, 200 OK, Transfer-Encoding: chunked",
        "HEAD, 404 Not Found, Content-Length: 9",
        "GET, 204 No Content, X-A: 1",
        "GET, 304 Not Modified, ETag: \"a\"",
        "DELETE, 204 No Content, X-A: 1",
    })
    default void answersWithoutBodyHaveNone(String method, String status, String field) throws Exception {
        backends().plain.answers(request -> request.answer("HTTP/1.1 " + status + "\r\n" + field + "\r\n\r\n"));
        try (Wire wire = connect()) {
            wire.write(method + " / HTTP/1.1\r\nHost: plain.example\r\n\r\n");
            Head head = wire.readFinalHead();
            assertThat(head.startLine()).contains(status.substring(0, 3));
            if (field.startsWith("Content-Length")) {
                assertThat(head.value("Content-Length")).isEqualTo(field.substring(16));
            }
            if (status.startsWith("204")) { // RFC 9110 section 8.6
                assertThat(head.has("Content-Length")).isFalse();
            }
            backends().plain.answers(request -> request.ok("next"));
            assertThat(send(wire, Suite.get("plain.example", "/", "")).text()).isEqualTo("next");
        }
    }

    @ParameterizedTest // REQ-43: an answer whose end is the end of the connection
    @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
    default void answerWithoutLengthArrivesWhole(String version) throws Exception {
        backends().plain.answers(request -> {
            request.answer(version + " 200 OK\r\nConnection: close\r\n\r\n" + "x".repeat(100_000));
            request.wire().close();
        });
        for (String client : new String[] {"HTTP/1.0", "HTTP/1.1"}) {
            try (Wire wire = connect()) {
                wire.write("GET / " + client + "\r\nHost: plain.example\r\n\r\n");
                Head head = wire.readFinalHead();
                assertThat(head.has("Transfer-Encoding")).isEqualTo(client.equals("HTTP/1.1"));
                assertThat(wire.readAnswerBody(head, "GET")).hasSize(100_000);
            }
        }
    }

    private static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }
}
