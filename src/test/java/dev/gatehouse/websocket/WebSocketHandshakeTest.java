package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.RedirectType;
import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.testkit.WebSocketBackend;
import dev.gatehouse.testkit.WebSocketPeer;
import dev.gatehouse.testkit.WebSocketRecorder;
import dev.gatehouse.upstream.Health;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a client's handshake to the 101 or the refusal, on sockets (websocket.md 3). */
class WebSocketHandshakeTest {
    @Test
    void rfcExampleUpgradesAndReachesTheBackendAsANormalRequest() throws Exception { // WS-8, WS-13, acceptance 1, 5
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.accept(request, "Sec-WebSocket-Protocol: superchat", "Set-Cookie: a=1", "Set-Cookie: b=2");
                    WebSocketBackend.echo(peer);
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(
                        gateway.port(),
                        "/chat%2Froom?x=%7B1%7D&y=a+b",
                        "Origin: http://example.com",
                        "Cookie: session=1",
                        "Authorization: Basic eDp5",
                        "Sec-WebSocket-Protocol: chat, superchat",
                        "Sec-WebSocket-Extensions: x-unknown")) {
            assertThat(client.answer().field("Sec-WebSocket-Protocol")).contains("superchat");
            assertThat(client.answer().fields("Set-Cookie")).containsExactly("a=1", "b=2");
            assertThat(client.answer().field("Sec-WebSocket-Extensions")).isEmpty();
            WebSocketPeer.Head request = backend.request();
            assertThat(request.line()).isEqualTo("GET /chat%2Froom?x=%7B1%7D&y=a+b HTTP/1.1");
            assertThat(request.fields("Host")).containsExactly("www.example.com:" + gateway.port());
            assertThat(request.fields("Upgrade")).containsExactly("websocket");
            assertThat(request.fields("Connection")).containsExactly("Upgrade");
            assertThat(request.fields("Origin")).containsExactly("http://example.com");
            assertThat(request.fields("Cookie")).containsExactly("session=1");
            assertThat(request.fields("Authorization")).containsExactly("Basic eDp5");
            assertThat(request.fields("Sec-WebSocket-Version")).containsExactly("13");
            assertThat(request.fields("Sec-WebSocket-Protocol")).containsExactly("chat, superchat");
            assertThat(request.fields("Sec-WebSocket-Extensions")).isEmpty();
            assertThat(request.fields("Sec-WebSocket-Key")).hasSize(1).doesNotContain(WebSocketRecorder.KEY);
            assertThat(request.fields("X-Forwarded-Proto")).containsExactly("http");
            client.peer().text("hello");
            assertThat(client.peer().readMessage().text()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade", "keep-alive, Upgrade", "UPGRADE,keep-alive"})
    void connectionMayNameMoreThanUpgrade(String connection) throws Exception { // WS-10, acceptance 15
        try (WebSocketBackend backend = WebSocketBackend.echo();
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(
                        gateway.port(), "/", "Connection: " + connection, "Upgrade: WebSocket")) {
            assertThat(client.answer().field("Sec-WebSocket-Protocol")).isEmpty(); // none chosen, WS-40
            assertThat(client.answer().line()).startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void malformedHandshakesAreRefusedBeforeAnyBackendIsAsked() throws Exception { // WS-11
        try (WebSocketBackend backend = WebSocketBackend.echo();
                WebSocketHarness gateway = WebSocketHarness.to(backend.port())) {
            assertRefused(gateway, 426, "Sec-WebSocket-Version: 8");
            assertRefused(gateway, 426, "Sec-WebSocket-Version:");
            assertRefused(gateway, 400, "Sec-WebSocket-Key:");
            assertRefused(gateway, 400, "Sec-WebSocket-Key: abc");
            assertRefused(gateway, 400, "Content-Length: 1");
            assertThat(backend.untakenRequests()).isZero();
        }
    }

    private static void assertRefused(WebSocketHarness gateway, int status, String field) throws Exception {
        try (WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/", field)) {
            assertThat(client.answer().status()).as(field).isEqualTo(status);
            assertThat(client.answer().field("Sec-WebSocket-Version").isPresent())
                    .isEqualTo(status == 426);
        }
    }

    @Test
    void anythingElseIsPlainHttp() throws Exception { // WS-10
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) ->
                        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/", "Upgrade: h2c")) {
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(backend.request().field("Upgrade")).isEmpty(); // REQ-42
        }
    }

    @Test
    void refusalPassesWithStatusFieldsAndChunkedBody() throws Exception { // WS-14, acceptance 4
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.write(String.join(
                            "\r\n",
                            "HTTP/1.1 403 No",
                            "X-Why: you",
                            "Set-Cookie: a=1",
                            "Set-Cookie: b=2",
                            "Transfer-Encoding: chunked",
                            "",
                            "6",
                            "sorry ",
                            ""));
                    peer.write("4\r\nthen\r\n0\r\n\r\n");
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/")) {
            assertThat(client.answer().status()).isEqualTo(403);
            assertThat(client.answer().field("X-Why")).contains("you");
            assertThat(client.answer().fields("Set-Cookie")).containsExactly("a=1", "b=2");
            assertThat(body(client)).isEqualTo("sorry then");
        }
    }

    private static String body(WebSocketRecorder client) throws Exception {
        if (client.answer().field("Content-Length").isPresent()) {
            int length =
                    Integer.parseInt(client.answer().field("Content-Length").get());
            return new String(client.peer().readBytes(length), UTF_8);
        }
        StringBuilder body = new StringBuilder();
        while (true) {
            StringBuilder size = new StringBuilder();
            for (int c = client.peer().readRaw(); c != '\n'; c = client.peer().readRaw()) {
                size.append((char) c);
            }
            int length = Integer.parseInt(size.toString().strip(), 16);
            body.append(new String(client.peer().readBytes(length + 2), UTF_8), 0, length);
            if (length == 0) {
                return body.toString();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 401, 404, 426, 429, 500, 503})
    void everyOtherStatusPassesAndIsNotRepeated(int status) throws Exception { // WS-14
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> peer.write("HTTP/1.1 " + status
                        + " X\r\nLocation: /there\r\nWWW-Authenticate: Basic\r\nContent-Length: 4\r\n\r\nbody"));
                WebSocketHarness gateway = WebSocketHarness.to(backend.port(), backend.port());
                WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/")) {
            assertThat(client.answer().status()).isEqualTo(status);
            assertThat(client.answer().field("Location")).contains("/there");
            assertThat(body(client)).isEqualTo("body");
            backend.request();
            assertThat(backend.untakenRequests()).isZero();
        }
    }

    @Test
    void bodyThatEndsWithTheConnectionPassesWhole() throws Exception { // WS-14
        try (WebSocketBackend backend = WebSocketBackend.start(
                        (peer, request) -> peer.write("HTTP/1.0 503 Later\r\n\r\nuntil the end"));
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/")) {
            assertThat(client.answer().status()).isEqualTo(503);
            assertThat(body(client)).isEqualTo("until the end");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Accept: wrong",
                "Sec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Protocol: other",
                "Sec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Extensions: permessage-deflate",
                "X: no accept at all",
            })
    void wrong101GivesBadGateway(String fields) throws Exception { // WS-14, acceptance 14
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    String accept = WebSocketPeer.acceptFor(
                            request.field("Sec-WebSocket-Key").orElseThrow());
                    peer.write("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + fields.replace("ACCEPT", accept).replace("|", "\r\n") + "\r\n\r\n");
                    assertThat(peer.readToEnd()).isEmpty(); // closed by the gateway
                });
                WebSocketHarness gateway = WebSocketHarness.to(backend.port());
                WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/", "Sec-WebSocket-Protocol: chat")) {
            assertThat(client.answer().status()).isEqualTo(502);
        }
    }

    @Test
    void garbageOrAnEarlyEndGivesBadGateway() throws Exception { // WS-14, REQ-38
        try (WebSocketBackend garbage = WebSocketBackend.start((peer, request) -> peer.write("SSH-2.0-x\r\n"));
                WebSocketBackend end = WebSocketBackend.start((peer, request) -> peer.drop());
                WebSocketHarness one = WebSocketHarness.to(garbage.port());
                WebSocketHarness two = WebSocketHarness.to(end.port())) {
            assertThat(WebSocketRecorder.ask(one.port(), "/").answer().status()).isEqualTo(502);
            assertThat(WebSocketRecorder.ask(two.port(), "/").answer().status()).isEqualTo(502);
        }
    }

    @Test
    void backendThatRefusesTheConnectionIsReplacedOnce() throws Exception { // WS-14
        int closed = closedPort();
        try (WebSocketBackend backend = WebSocketBackend.echo();
                WebSocketHarness gateway = WebSocketHarness.to(closed, backend.port());
                WebSocketHarness none = WebSocketHarness.to(closed, closed)) {
            for (int i = 0; i < 4; i++) {
                WebSocketRecorder.open(gateway.port(), "/").close();
            }
            assertThat(WebSocketRecorder.ask(none.port(), "/").answer().status())
                    .isEqualTo(502);
        }
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void silentBackendGivesTimeoutAndIsNotAskedTwice() throws Exception { // WS-14: 504, one try
        WebSocketHarness.Settings settings = new WebSocketHarness.Settings();
        settings.requestTimeout = Duration.ofSeconds(1);
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> peer.readToEnd());
                WebSocketHarness gateway = new WebSocketHarness(settings, backend.port(), backend.port());
                WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/")) {
            assertThat(client.answer().status()).isEqualTo(504);
            backend.request();
            assertThat(backend.untakenRequests()).isZero();
        }
    }

    @Test
    void dripFedHeadCountsAsOneWait() throws Exception { // REQ-40: the whole handshake within requestTimeout
        WebSocketHarness.Settings settings = new WebSocketHarness.Settings();
        settings.requestTimeout = Duration.ofSeconds(1);
        try (WebSocketBackend backend = WebSocketBackend.start((peer, request) -> {
                    peer.socket().setSoTimeout(200);
                    peer.write("HTTP/1.1 101 X\r\n");
                    drip(peer);
                });
                WebSocketHarness gateway = new WebSocketHarness(settings, backend.port());
                WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/")) {
            assertThat(client.answer().status()).isEqualTo(504);
        }
    }

    private static void drip(WebSocketPeer peer) throws Exception {
        while (true) {
            try {
                peer.readRaw();
                return;
            } catch (SocketTimeoutException e) {
                peer.write("X: y\r\n");
            }
        }
    }

    @Test
    void noEligibleMemberGivesBadGatewayBeforeAnyUpgrade() throws Exception { // WS-4, acceptance 16
        try (WebSocketBackend backend = WebSocketBackend.echo();
                WebSocketHarness gateway = WebSocketHarness.to(backend.port())) {
            gateway.all(Health.UNHEALTHY);
            try (WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/")) {
                assertThat(client.answer().status()).isEqualTo(502);
            }
            gateway.all(Health.HEALTHY);
            WebSocketRecorder.open(gateway.port(), "/").close();
            backend.request();
            assertThat(backend.untakenRequests()).isZero();
        }
    }

    @Test
    void redirectRuleRedirectsHandshakesToo() throws Exception { // WS-11, acceptance 16
        WebSocketHarness.Settings settings = new WebSocketHarness.Settings();
        settings.redirect = new RedirectConfiguration(
                "redirect", RedirectType.PERMANENT, null, "https://elsewhere.example/", false, false);
        try (WebSocketHarness gateway = new WebSocketHarness(settings);
                WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/")) {
            assertThat(client.answer().status()).isEqualTo(301);
        }
    }

    @Test
    void originOutsideTheListIsForbidden() throws Exception { // WS-16
        WebSocketHarness.Settings settings = new WebSocketHarness.Settings();
        WebSocketSettings base = WebSocketSettings.DEFAULT;
        settings.webSocket = new WebSocketSettings(
                base.mode(),
                base.modes(),
                base.pingInterval(),
                base.idleTimeout(),
                0,
                false,
                base.compression(),
                base.whenUnhealthy(),
                false,
                List.of("https://good.example"));
        try (WebSocketBackend backend = WebSocketBackend.echo();
                WebSocketHarness gateway = new WebSocketHarness(settings, backend.port())) {
            assertThat(status(gateway, "Origin: https://bad.example")).isEqualTo(403);
            assertThat(status(gateway, "X: none")).isEqualTo(403);
            assertThat(status(gateway, "Origin: https://good.example")).isEqualTo(101);
        }
    }

    private static int status(WebSocketHarness gateway, String field) throws Exception {
        try (WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/", field)) {
            return client.answer().status();
        }
    }
}
