package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend.Received;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-8, REQ-43, REQ-46: bodies in both directions, streamed, whole or visibly broken. */
interface BodySuite extends Suite {
    @Test // REQ-43
    default void uploadWithLengthArrivesWhole() throws Exception {
        assertThat(send(Suite.post("plain.example", "/", "a=1&b=2")).status()).isEqualTo(200);
        Received request = backends().plain.take();
        assertThat(request.head().values("Content-Length")).containsExactly("7");
        assertThat(request.head().has("Transfer-Encoding")).isFalse();
        assertThat(new String(request.body(), StandardCharsets.ISO_8859_1)).isEqualTo("a=1&b=2");
    }

    /** Form fields are the backend's: a container that parses them would eat the body. */
    @Test
    default void formsAreNotParsed() throws Exception {
        String body = "a=1&b=%20&a=3";
        send("POST /?a=0 HTTP/1.1\r\nHost: plain.example\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        assertThat(new String(backends().plain.take().body(), StandardCharsets.ISO_8859_1))
                .isEqualTo(body);
    }

    @Test // REQ-43
    default void emptyPostKeepsItsLength() throws Exception {
        assertThat(send(Suite.post("plain.example", "/", "")).status()).isEqualTo(200);
        Received request = backends().plain.take();
        assertThat(request.head().values("Content-Length")).containsExactly("0");
        assertThat(request.head().has("Transfer-Encoding")).isFalse();
    }

    @Test // REQ-43
    default void requestsWithoutBodyHaveNoFraming() throws Exception {
        get("plain.example", "/");
        Head head = backends().plain.take().head();
        assertThat(head.has("Content-Length")).isFalse();
        assertThat(head.has("Transfer-Encoding")).isFalse();
    }

    @Test // REQ-43; WildFly refuses more than 10 MB unless told otherwise
    default void twelveMegabytesGoUpAndDown() throws Exception {
        int size = 12_000_000;
        String body = "0123456789ab".repeat(size / 12);
        backends().plain.answers(request -> request.ok(new String(request.body(), StandardCharsets.ISO_8859_1)));
        Answer answer;
        try (Wire wire = connect()) {
            answer = send(wire, Suite.post("plain.example", "/", body));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text().equals(body)).as("echoed body").isTrue();
            assertThat(send(wire, Suite.get("plain.example", "/", "")).status()).isEqualTo(200);
        }
    }

    /** Each event is sent only when the client has the one before: one that is held back stops the test. */
    @ParameterizedTest // REQ-7, REQ-40
    @ValueSource(strings = {"Transfer-Encoding: chunked", "Content-Length: 35", "Connection: close"})
    default void eventsArriveOneByOne(String framing) throws Exception {
        Semaphore clientHas = new Semaphore(1);
        boolean chunked = framing.contains("chunked");
        backends().plain.answers(request -> {
            Wire wire = request.wire();
            wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + framing + "\r\n\r\n");
            for (int i = 0; i < 5; i++) {
                assertThat(clientHas.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
                String event = "event" + i + "\n";
                wire.write(chunked ? "7\r\n" + event + "\r\n" : event);
            }
            wire.write(chunked ? "0\r\n\r\n" : "");
            if (framing.contains("close")) {
                wire.close();
            }
        });
        try (Wire wire = connect()) {
            wire.write(Suite.get("plain.example", "/events", ""));
            Head head = wire.readFinalHead();
            boolean chunkedHere = head.value("Transfer-Encoding").contains("chunked");
            for (int i = 0; i < 5; i++) {
                byte[] event = chunkedHere ? wire.readChunk() : wire.readBytes(7);
                assertThat(event).asString().isEqualTo("event" + i + "\n");
                clientHas.release();
            }
            if (chunkedHere) {
                assertThat(wire.readChunk()).isEmpty();
            }
        }
    }

    @Test // REQ-40: the head alone tells a client that its long request was taken
    default void headArrivesBeforeTheBody() throws Exception {
        CompletableFuture<Void> clientHasHead = new CompletableFuture<>();
        backends().plain.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
            clientHasHead.get(5, TimeUnit.SECONDS);
            request.wire().write("body");
        });
        try (Wire wire = connect()) {
            wire.write(Suite.get("plain.example", "/", ""));
            Head head = wire.readFinalHead();
            clientHasHead.complete(null);
            assertThat(wire.readAnswerBody(head, "GET")).asString().isEqualTo("body");
        }
    }

    @ParameterizedTest // REQ-38, REQ-43: nobody may take half a file for a whole one
    @ValueSource(
            strings = {
                "Content-Length: 100\r\n\r\nhalf",
                "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                "Transfer-Encoding: chunked\r\n\r\n10\r\nhalf",
                "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\nbad",
            })
    default void brokenBodyNeverEndsCleanly(String answer) throws Exception {
        backends().plain.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\n" + answer);
            request.wire().close();
        });
        try (Wire wire = connect()) {
            wire.write(Suite.get("plain.example", "/", ""));
            assertThatThrownBy(() -> {
                        Head head = wire.readFinalHead();
                        assertThat(head.status()).isIn(200, 502);
                        byte[] body = wire.readAnswerBody(head, "GET");
                        if (head.status() == 502) { // nothing of it was sent yet: as good
                            throw new IOException("refused: " + body.length);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test // REQ-43: HTTP/1.0 knows no chunks
    default void oldClientGetsNoChunks() throws Exception {
        backends()
                .plain
                .answers(request ->
                        request.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n"));
        try (Wire wire = connect()) {
            wire.write("GET / HTTP/1.0\r\nHost: plain.example\r\n\r\n");
            Head head = wire.readHead();
            assertThat(head.has("Transfer-Encoding")).isFalse();
            assertThat(wire.readAnswerBody(head, "GET")).asString().isEqualTo("body");
        }
    }

    @Test // REQ-8
    default void clientThatWaitsForContinueIsTold() throws Exception {
        try (Wire wire = connect()) {
            wire.write("POST / HTTP/1.1\r\nHost: plain.example\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
            assertThat(wire.readHead().status()).isEqualTo(100);
            wire.write("body");
            assertThat(wire.readFinalHead().status()).isEqualTo(200);
        }
        Received request = backends().plain.take();
        assertThat(request.head().has("Expect")).isFalse();
        assertThat(new String(request.body(), StandardCharsets.ISO_8859_1)).isEqualTo("body");
    }

    /** A backend that has seen enough answers and stops reading; the client is still sending and must learn why. */
    @Test // REQ-46
    default void earlyRefusalOfAnUploadReachesTheClient() throws Exception {
        backends().plain.answers(request -> {
            request.wire().write("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 5\r\n\r\nlarge");
            request.wire().endsWithin(3_000); // reads on for a while, as a good server does
            request.wire().close();
        });
        try (Wire wire = connect()) {
            wire.write("POST / HTTP/1.1\r\nHost: plain.example\r\nContent-Length: 20000000\r\n\r\n");
            Thread upload = new Thread(() -> upload(wire, 20_000_000));
            upload.setDaemon(true);
            upload.start();
            assertThat(wire.readFinalHead().status()).isEqualTo(413);
        }
    }

    private static void upload(Wire wire, int size) {
        byte[] piece = new byte[100_000];
        try {
            for (int sent = 0; sent < size; sent += piece.length) {
                wire.write(piece);
            }
        } catch (IOException e) {
            // the gateway gave up on the rest: fine
        }
    }

    @Test // REQ-38: a client that leaves frees the backend
    default void backendLearnsThatTheClientLeft() throws Exception {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        backends().plain.answers(request -> {
            Wire wire = request.wire();
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            try {
                for (int i = 0; i < 100_000; i++) {
                    wire.writeChunk("x".repeat(10_000));
                }
                ended.complete(false);
            } catch (IOException e) {
                ended.complete(true);
            }
        });
        Wire wire = connect();
        wire.write(Suite.get("plain.example", "/", ""));
        wire.readFinalHead();
        wire.reset();
        assertThat(ended.get(10, TimeUnit.SECONDS))
                .as("backend's connection was cut")
                .isTrue();
    }
}
