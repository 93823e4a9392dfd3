package dev.gatehouse.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WS-1 to WS-16, WS-40: the handshake on both legs, and every answer of a backend that is no session. */
@SuppressWarnings("StringConcatToTextBlock") // lines end with CR LF
interface WebSocketHandshakeSuite extends Suite {
    /** The seed's handshake, which is the example of RFC 6455 §1.3. */
    String SAMPLE_FIELDS = "Origin: http://example.com\r\nSec-WebSocket-Protocol: chat, superchat\r\n";

    private void echo() {
        backends().plain.answers(request -> WebSocketWire.accept(request, "").echo());
    }

    @Test // WS-1, WS-2, WS-8, WS-9, section 9 item 1
    default void sampleHandshakeOverHttp() throws Exception {
        backends()
                .plain
                .answers(request -> WebSocketWire.accept(request, "Sec-WebSocket-Protocol: superchat\r\n")
                        .echo());
        try (WebSocketWire client = WebSocketWire.open(connect(), "/chat", "plain.example", SAMPLE_FIELDS)) {
            assertSampleAnswer(client);
        }
        assertSampleRequest(backends().plain.take().head(), "80");
    }

    @Test // WS-2, section 9 item 1
    default void sampleHandshakeOverHttps() throws Exception {
        backends()
                .plain
                .answers(request -> WebSocketWire.accept(request, "Sec-WebSocket-Protocol: superchat\r\n")
                        .echo());
        Wire wire = Wire.connectTls(home().httpsPort(), "plain.example");
        try (WebSocketWire client = WebSocketWire.open(wire, "/chat", "plain.example", SAMPLE_FIELDS)) {
            assertSampleAnswer(client);
        }
        assertSampleRequest(backends().plain.take().head(), "443");
    }

    private static void assertSampleAnswer(WebSocketWire client) throws Exception {
        assertThat(client.head().values("Sec-WebSocket-Accept")).containsExactly("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(client.head().values("Sec-WebSocket-Protocol")).containsExactly("superchat"); // WS-12, WS-40
        client.sendText("h\u00e9llo");
        assertThat(client.readMessage().text()).isEqualTo("h\u00e9llo");
    }

    private static void assertSampleRequest(Head head, String port) {
        assertThat(head.startLine()).isEqualTo("GET /chat HTTP/1.1");
        assertThat(head.values("Host")).containsExactly("plain.example");
        assertThat(head.value("Upgrade")).isEqualToIgnoringCase("websocket");
        assertThat(head.value("Connection")).isEqualToIgnoringCase("Upgrade");
        assertThat(head.values("Sec-WebSocket-Version")).containsExactly("13");
        assertThat(head.values("Sec-WebSocket-Key")).hasSize(1).doesNotContain(WebSocketWire.SAMPLE_KEY); // WS-13
        assertThat(head.values("Origin")).containsExactly("http://example.com");
        assertThat(String.join(", ", head.values("Sec-WebSocket-Protocol"))).isEqualTo("chat, superchat");
        assertThat(head.value("X-Forwarded-Port")).isEqualTo(port);
        assertThat(head.value("X-Forwarded-For")).startsWith("127.0.0.1:");
    }

    @Test // WS-40
    default void noSubprotocolIsInvented() throws Exception {
        echo();
        try (WebSocketWire client = WebSocketWire.open(connect(), "/", "plain.example", SAMPLE_FIELDS)) {
            assertThat(client.head().has("Sec-WebSocket-Protocol")).isFalse();
        }
        try (WebSocketWire client = openWebSocket("plain.example", "/")) {
            assertThat(client.head().has("Sec-WebSocket-Protocol")).isFalse();
        }
    }

    @ParameterizedTest // WS-10, section 9 item 15: Firefox sends keep-alive, Upgrade
    @CsvSource({"websocket, 'keep-alive, Upgrade'", "WebSocket, upgrade", "WEBSOCKET, 'Upgrade,Keep-Alive'"})
    default void upgradeTokensAreReadLeniently(String upgrade, String connection) throws Exception {
        echo();
        try (Wire wire = connect()) {
            wire.write(WebSocketWire.handshake("/", "plain.example", "")
                    .replace("Upgrade: websocket", "Upgrade: " + upgrade)
                    .replace("Connection: Upgrade", "Connection: " + connection));
            assertThat(wire.readFinalHead().status()).isEqualTo(101);
        }
    }

    @ParameterizedTest // WS-10: anything less is plain HTTP
    @CsvSource({"Connection: Upgrade, Connection: close", "Upgrade: websocket, Upgrade: other"})
    default void halfAnUpgradeIsPlainHttp(String line, String instead) throws Exception {
        try (Wire wire = connect()) {
            wire.write(WebSocketWire.handshake("/", "plain.example", "").replace(line, instead));
            assertThat(wire.readFinalHead().status()).isEqualTo(200);
        }
        assertThat(backends().plain.take().head().has("Upgrade")).isFalse(); // REQ-42
    }

    @ParameterizedTest // WS-11
    @CsvSource({
        "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8, 426",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Sec-WebSocket-Key: c2hvcnQ=, 400",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, X-No-Key: 1, 400",
    })
    default void malformedHandshakeReachesNoBackend(String line, String instead, int status) throws Exception {
        try (Wire wire = connect()) {
            wire.write(WebSocketWire.handshake("/", "plain.example", "").replace(line, instead));
            Head head = wire.readFinalHead();
            assertThat(head.status()).isEqualTo(status);
            if (status == 426) {
                assertThat(head.value("Sec-WebSocket-Version")).isEqualTo("13");
            }
        }
        assertThat(backends().plain.recorded()).isZero();
    }

    @Test // WS-13
    default void endToEndFieldsOfTheHandshakeCross() throws Exception {
        echo();
        String fields = "Cookie: a=1\r\nCookie: b=2\r\nAuthorization: Bearer t\r\nUser-Agent: test/1\r\n"
                + "X-Twice: 1\r\nX-Twice: 2\r\nX_Under: 1\r\nSec-WebSocket-Extensions: x-unknown\r\n";
        try (WebSocketWire client = WebSocketWire.open(connect(), "/", "plain.example", fields)) {
            assertThat(client.head().has("Sec-WebSocket-Extensions")).isFalse();
            Head head = backends().plain.take().head();
            assertThat(String.join("; ", head.values("Cookie"))).isEqualTo("a=1; b=2");
            assertThat(head.values("Authorization")).containsExactly("Bearer t");
            assertThat(head.values("User-Agent")).containsExactly("test/1");
            assertThat(head.values("X-Twice")).containsExactly("1", "2");
            assertThat(head.has("X_Under")).isFalse();
            assertThat(head.value("Sec-WebSocket-Extensions")).doesNotContain("x-unknown");
        }
    }

    @Test // WS-14
    default void fieldsOfTheAcceptanceCross() throws Exception {
        backends()
                .plain
                .answers(request -> WebSocketWire.accept(
                                request, "Set-Cookie: a=1\r\nSet-Cookie: b=2; Path=/\r\nX-Session: s\r\n")
                        .echo());
        try (WebSocketWire client = openWebSocket("plain.example", "/")) {
            assertThat(client.head().values("Set-Cookie")).containsExactly("a=1", "b=2; Path=/");
            assertThat(client.head().values("X-Session")).containsExactly("s");
        }
    }

    @ParameterizedTest // WS-14, section 9 item 4: the same status, fields and body; nothing followed, nothing retried
    @ValueSource(ints = {200, 301, 302, 307, 400, 401, 403, 404, 407, 426, 429, 500, 503})
    default void refusalsOfTheBackendAreRelayed(int status) throws Exception {
        backends()
                .plain
                .answers(request -> request.answer("HTTP/1.1 " + status + " Refused\r\nX-Why: because\r\n"
                        + "Location: http://127.0.0.1:1/other\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                        + "Content-Length: 7\r\n\r\nrefused"));
        try (Wire wire = connect()) {
            Answer answer = send(wire, WebSocketWire.handshake("/", "plain.example", ""));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.head().value("X-Why")).isEqualTo("because");
            assertThat(answer.head().value("Location")).isEqualTo("http://127.0.0.1:1/other");
            assertThat(answer.head().value("WWW-Authenticate")).isEqualTo("Basic realm=\"x\"");
            assertThat(answer.text()).isEqualTo("refused");
        }
        assertThat(backends().plain.recorded()).isEqualTo(1);
    }

    @Test // WS-14, REQ-43
    default void chunkedRefusalIsRelayedWhole() throws Exception {
        backends()
                .plain
                .answers(request -> request.answer("HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "4\r\nnot \r\n4\r\nhere\r\n0\r\n\r\n"));
        try (Wire wire = connect()) {
            Answer answer = send(wire, WebSocketWire.handshake("/", "plain.example", ""));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).isEqualTo("not here");
        }
    }

    @ParameterizedTest // WS-14, section 9 item 14
    @ValueSource(
            strings = {
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
                "",
                "Sec-WebSocket-Accept: ACCEPT\r\nSec-WebSocket-Protocol: uninvited\r\n",
                "Sec-WebSocket-Accept: ACCEPT\r\nSec-WebSocket-Extensions: x-unknown\r\n",
            })
    default void wrongAcceptanceIsBadGateway(String fields) throws Exception {
        backends().plain.answers(request -> {
            String accept = WebSocketWire.acceptFor(request.head().value("Sec-WebSocket-Key"));
            request.answer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + fields.replace("ACCEPT", accept) + "\r\n");
            assertThat(request.wire().endsWithin(5_000)).as("backend is let go").isTrue();
        });
        assertHandshakeStatus("plain.example", 502);
    }

    @ParameterizedTest // WS-14, section 9 item 16
    @ValueSource(strings = {"empty.example", "never.example"})
    default void webSocketWithoutEligibleMemberIsBadGateway(String host) throws Exception {
        assertHandshakeStatus(host, 502);
    }

    @Test // WS-14: nothing was sent yet, so another member may be tried
    default void refusedWebSocketConnectionIsTriedOnTheOtherMember() throws Exception {
        backends().spareFirst.stop();
        backends()
                .spareSecond
                .answers(request -> WebSocketWire.accept(request, "").echo());
        for (int i = 0; i < 4; i++) {
            assertHandshakeStatus("spare.example", 101);
        }
        backends().spareSecond.stop();
        assertHandshakeStatus("spare.example", 502);
    }

    @Test // WS-14, WS-20: the handshake obeys requestTimeout, and is not repeated
    default void silentWebSocketBackendIsGatewayTimeout() throws Exception {
        for (var backend : List.of(backends().spareFirst, backends().spareSecond)) {
            backend.answers(request -> request.wire().endsWithin(10_000));
        }
        assertHandshakeStatus("spare.example", 504);
        assertThat(backends().spareFirst.recorded() + backends().spareSecond.recorded())
                .isEqualTo(1);
    }

    @Test // REQ-26, section 9 item 16
    default void redirectRuleAnswersTheHandshake() throws Exception {
        try (Wire wire = connect()) {
            Answer answer = send(wire, WebSocketWire.handshake("/a?b", "redirected.example", ""));
            assertThat(answer.status()).isEqualTo(301);
            assertThat(answer.head().value("Location")).isEqualTo("https://elsewhere.example/base/a?b");
        }
    }

    @Test // WS-7, REQ-39, REQ-33
    default void handshakeIsRoutedLikeAnyRequest() throws Exception {
        for (var backend : List.of(backends().plain, backends().second)) {
            backend.answers(request -> WebSocketWire.accept(request, "").echo());
        }
        assertHandshakeStatus("unknown.example", 404);
        assertHandshakeStatus("hosted.example", 101);
        assertThat(backends().plain.take().head().values("Host")).containsExactly("fixed.example");
        openWebSocket("paths.example", "/pathrule/socket?x").close();
        assertThat(backends().plain.take().head().target()).isEqualTo("/override/socket?x");
        openWebSocket("paths.example", "/video/socket").close();
        assertThat(backends().second.take().head().target()).isEqualTo("/video/socket");
    }

    @Test // platform-notes 3.1: a bridge must not lose or delay what came with the 101
    default void dataThatComesWithTheAcceptanceArrives() throws Exception {
        for (int i = 0; i < 20; i++) {
            backends().plain.answers(request -> {
                byte[] first = WebSocketWire.encode(true, WebSocketWire.TEXT, "first".getBytes(UTF_8), false);
                byte[] second = WebSocketWire.encode(true, WebSocketWire.TEXT, "second".getBytes(UTF_8), false);
                String head = WebSocketWire.acceptance(request, "");
                request.wire().write(head + Backends.text(first) + Backends.text(second));
                WebSocketWire.server(request).echo();
            });
            try (WebSocketWire client = openWebSocket("plain.example", "/")) {
                assertThat(client.readMessage().text()).isEqualTo("first");
                assertThat(client.readMessage().text()).isEqualTo("second");
            }
        }
    }

    @Test // platform-notes 3.1
    default void closeThatComesWithTheAcceptanceArrives() throws Exception {
        backends().plain.answers(request -> {
            byte[] close = WebSocketWire.encode(true, WebSocketWire.CLOSE, new byte[] {0x0f, (byte) 0xa1}, false);
            request.wire().write(WebSocketWire.acceptance(request, "") + Backends.text(close));
            request.wire().endsWithin(5_000);
            request.wire().close();
        });
        try (WebSocketWire client = openWebSocket("plain.example", "/")) {
            assertThat(client.readClose().closeCode()).isEqualTo(4001);
        }
    }

    @Test // WS-12: a request behind a refused handshake is served, one connection after the other
    default void refusedHandshakeKeepsTheConnectionUsable() throws Exception {
        backends().plain.answers(request -> request.answer("HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nnope"));
        try (Wire wire = connect()) {
            assertThat(send(wire, WebSocketWire.handshake("/", "plain.example", ""))
                            .status())
                    .isEqualTo(403);
            backends().plain.answers(request -> request.ok("ok"));
            assertThat(send(wire, Suite.get("plain.example", "/", "")).text()).isEqualTo("ok");
        }
    }

    private void assertHandshakeStatus(String host, int status) throws Exception {
        try (Wire wire = connect()) {
            wire.write(WebSocketWire.handshake("/", host, ""));
            assertThat(wire.readFinalHead().status()).isEqualTo(status);
        }
    }
}
