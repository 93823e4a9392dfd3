package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

/** What all suites share: the home under test, and requests written by hand. */
interface Suite {
    /** An answer read whole. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(Head head, byte[] bytes) {
        int status() {
            return head.status();
        }

        String text() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    Home home();

    default Backends backends() {
        return home().backends();
    }

    @BeforeEach
    default void forgetEarlierTests() throws IOException {
        backends().reset();
    }

    /** Whether the home is known not to be able to; the test then shows what it does instead. */
    default boolean has(KnownLimit limit) {
        return home().limits().contains(limit);
    }

    /** A connection to frontend port 80. */
    default Wire connect() throws IOException {
        return Wire.connect(home().httpPort());
    }

    /** Sends a request as it is and reads the answer; the connection ends. */
    default Answer send(String request) throws IOException {
        try (Wire wire = connect()) {
            return send(wire, request);
        }
    }

    /** Sends a request on an open connection and reads the answer. */
    default Answer send(Wire wire, String request) throws IOException {
        wire.write(request);
        Head head = wire.readFinalHead();
        return new Answer(head, wire.readAnswerBody(head, request.substring(0, request.indexOf(' '))));
    }

    default Answer get(String host, String target) throws IOException {
        return send(get(host, target, ""));
    }

    /** Text of a GET; further field lines end with CR LF each. */
    static String get(String host, String target, String moreFields) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + moreFields + "\r\n";
    }

    static String post(String host, String target, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    /** Opens a WebSocket through frontend port 80. */
    default WebSocketWire openWebSocket(String host, String target) throws IOException {
        return WebSocketWire.open(connect(), target, host, "");
    }

    /** Waits until every pool that can has a live member, on every port. */
    static void awaitReady(Home home) {
        for (String host :
                new String[] {"plain", "short", "two", "spare", "hosted", "picked", "overridden", "probed", "relayed"
                }) {
            awaitOk(home.httpPort(), host + ".example");
        }
        awaitOk(home.extraPort(), "any.example");
        SelectionSuite.HOSTS.forEach(host -> awaitOk(home.httpPort(), host));
    }

    private static void awaitOk(int port, String host) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    try (Wire wire = Wire.connect(port)) {
                        wire.write(get(host, "/", "Connection: close\r\n"));
                        assertThat(wire.readFinalHead().status()).isEqualTo(200);
                    }
                });
    }
}
