package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REQ-28 to REQ-32, WS-11, WS-14: rewrites of requests, answers and handshakes, seen from both ends. */
@SuppressWarnings("StringConcatToTextBlock") // lines end with CR LF
interface RewriteSuite extends Suite {
    @Test // REQ-31, REQ-41: the documented way to take the port off
    default void forwardedForLosesItsPort() throws Exception {
        send(Suite.get(
                "rewrite.example", "/", "X-Forwarded-For: 192.0.2.1\r\nX-Secret: s\r\nx-secret: t\r\nX-Kept: k\r\n"));
        Head head = backends().plain.take().head();
        assertThat(head.values("X-Forwarded-For")).containsExactly("192.0.2.1, 127.0.0.1");
        assertThat(head.has("X-Secret")).isFalse();
        assertThat(head.values("X-Kept")).containsExactly("k");
        assertThat(head.value("X-AppGW-Trace-Id")).matches("[0-9a-f]{32}");
    }

    @Test // REQ-31
    default void headersAreMadeOfServerVariables() throws Exception {
        send(Suite.get("Rewrite.example:80", "/", "Cookie: a=b; sid=7\r\nAuthorization: Basic YW5uOng=\r\n"));
        assertThat(backends().plain.take().head().value("X-Facts"))
                .isEqualTo("GET http 80 rewrite.example 127.0.0.1 7 ann");
    }

    @ParameterizedTest // REQ-31, REQ-39: a Host that a rewrite set wins over the settings'
    @CsvSource({"inner.example:81, inner.example:81", "'', fixed.example", "a/b, fixed.example"})
    default void rewriteSetsTheHost(String sent, String received) throws Exception {
        send(Suite.get("rewrite.example", "/", "X-Host: " + sent + "\r\n"));
        assertThat(backends().plain.take().head().values("Host")).containsExactly(received);
    }

    @ParameterizedTest // REQ-31, REQ-46: what no rule names goes on byte for byte
    @CsvSource({
        "/article/123/fabri%20kam?x=1, /article.aspx?id=123&title=fabri%20kam",
        "/article/x/fabrikam?x=1, /article/x/fabrikam?x=1",
        "/a%2Fb//%7Ec;d?e=%zz|, /a%2Fb//%7Ec;d?e=%zz|",
    })
    default void rewriteMakesPathAndQuery(String sent, String received) throws Exception {
        assertThat(get("rewrite.example", sent).status()).isEqualTo(200);
        Head head = backends().plain.take().head();
        assertThat(head.target()).isEqualTo(received);
        assertThat(head.value("X-Original-URL")).isEqualTo(sent); // REQ-41
    }

    @Test // REQ-31: the body is none of its business
    default void bodyCrossesARewrite() throws Exception {
        send(Suite.post("rewrite.example", "/article/1/b", "0123456789"));
        var received = backends().plain.take();
        assertThat(received.head().target()).isEqualTo("/article.aspx?id=1&title=b");
        assertThat(received.head().values("Content-Length")).containsExactly("10");
        assertThat(Backends.text(received.body())).isEqualTo("0123456789");
    }

    @Test // REQ-30, REQ-31
    default void answersHeadersAreRewritten() throws Exception {
        backends()
                .plain
                .answers(request -> request.answer("HTTP/1.1 418 Teapot\r\nServer: Kettle\r\nX-Kind: k\r\n"
                        + "X-Frame-Options: ALLOW\r\nX-Frame-Options: SAMEORIGIN\r\nX-Twice: 1\r\nX-Twice: 2\r\n"
                        + "Content-Type: text/x-tea\r\nContent-Length: 3\r\n\r\ntea"));
        Answer answer = send(Suite.get("rewrite.example", "/article/1/b", "X-Tea: green\r\n"));
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.head().value("Server")).doesNotContain("Kettle");
        assertThat(answer.head().values("X-Frame-Options")).containsExactly("DENY");
        assertThat(answer.head().values("X-Seen")).containsExactly("k 418 /article.aspx");
        assertThat(answer.head().values("X-Tea")).containsExactly("green");
        assertThat(answer.head().values("X-Twice")).containsExactly("1", "2");
        assertThat(answer.head().values("Content-Type")).containsExactly("text/x-tea");
        assertThat(answer.text()).isEqualTo("tea");
    }

    @Test // REQ-31
    default void locationIsRewrittenWhereItsConditionHolds() throws Exception {
        backends()
                .plain
                .answers(request -> request.answer("HTTP/1.1 302 Found\r\nLocation: "
                        + (request.head().target().equals("/in") ? "https://inside.example/p?q" : "/p?q")
                        + "\r\nContent-Length: 0\r\n\r\n"));
        assertThat(get("rewrite.example", "/in").head().values("Location"))
                .containsExactly("http://rewrite.example/p?q");
        assertThat(get("rewrite.example", "/out").head().values("Location")).containsExactly("/p?q");
    }

    @Test // REQ-31
    default void matcherChoosesOneCookie() throws Exception {
        backends()
                .plain
                .answers(request -> request.answer("HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\n"
                        + "Set-Cookie: session=x; Path=/\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n"));
        assertThat(get("rewrite.example", "/").head().values("Set-Cookie"))
                .containsExactly("a=1; Path=/", "session=x; Path=/; HttpOnly", "b=2");
    }

    @Test // REQ-31, REQ-43: an answer in chunks, and one without a body
    default void framingSurvivesARewrite() throws Exception {
        backends().plain.answers(request -> {
            if (request.head().target().equals("/204")) {
                request.answer("HTTP/1.1 204 No Content\r\n\r\n");
            } else {
                request.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            }
        });
        try (Wire wire = connect()) {
            Answer chunked = send(wire, Suite.get("rewrite.example", "/", ""));
            assertThat(chunked.text()).isEqualTo("abc");
            assertThat(chunked.head().value("X-Frame-Options")).isEqualTo("DENY");
            Answer empty = send(wire, Suite.get("rewrite.example", "/204", ""));
            assertThat(empty.status()).isEqualTo(204);
            assertThat(empty.head().value("X-Frame-Options")).isEqualTo("DENY");
        }
    }

    @Test // REQ-31: not for what the gateway answers itself
    default void gatewaysOwnErrorsAreNotRewritten() throws Exception {
        Answer answer = get("rewrite-never.example", "/");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.head().value("Server")).isEqualTo("Gatehouse");
        assertThat(answer.head().has("X-Frame-Options")).isFalse();
    }

    @Test // REQ-32
    default void newPathChoosesPoolAndSet() throws Exception {
        Answer answer = get("rewrite-map.example", "/old/a.png?x=1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head().value("X-Images")).isEqualTo("yes");
        Head head = backends().first.take().head();
        assertThat(head.target()).isEqualTo("/images/a.png?x=1");
        assertThat(head.value("X-Images")).isEqualTo("/images/a.png");
    }

    @Test // REQ-32, REQ-33: without reroute pool and settings stay those of the original path
    default void newPathWithoutRerouteStays() throws Exception {
        assertThat(get("rewrite-map.example", "/stay/x?y").status()).isEqualTo(200);
        assertThat(backends().second.take().head().target()).isEqualTo("/override/images/x");
    }

    @Test // REQ-24, REQ-32: rerouted to a redirect, whose answer is not rewritten
    default void newPathMayLeadToARedirect() throws Exception {
        Answer answer = get("rewrite-map.example", "/images/away?x=1");
        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.head().value("Location")).isEqualTo("https://elsewhere.example/base/images/away?x=1");
        assertThat(answer.head().has("X-Images")).isFalse();
        assertThat(backends().first.recorded()).isZero();
    }

    @Test // REQ-32, REQ-49
    default void loopFailsThatRequestOnly() throws Exception {
        assertThat(get("rewrite-map.example", "/loop/x").status()).isEqualTo(500);
        assertThat(send(Suite.get("rewrite-map.example", "/loop/x", "X-Stop: 1\r\n"))
                        .status())
                .isEqualTo(200);
        assertThat(backends().plain.take().head().target()).isEqualTo("/loop/x");
        assertThat(backends().plain.recorded()).isZero();
    }

    @Test // REQ-29: no client stalls a thread
    default void hostileHeaderIsMatchedAtOnce() throws Exception {
        long start = System.nanoTime();
        String hostile = "a".repeat(20_000) + "!";
        assertThat(send(Suite.get("rewrite.example", "/", "X-Hostile: " + hostile + "\r\n"))
                        .status())
                .isEqualTo(200);
        assertThat(backends().plain.take().head().value("X-Hostile")).isEqualTo(hostile);
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }

    @Test // REQ-31, RFC 9110 §5.5: a user name with a line end makes no second field
    default void valueNeverEndsALine() throws Exception {
        // ann CR LF X-Evil: 1 : x
        send(Suite.get("rewrite.example", "/", "Authorization: Basic YW5uDQpYLUV2aWw6IDE6eA==\r\n"));
        Head head = backends().plain.take().head();
        assertThat(head.has("X-Evil")).isFalse();
        assertThat(head.value("X-Facts")).endsWith(" ann  X-Evil");
    }

    @Test // REQ-31: server variables of TLS
    default void headersTellOfTls() throws Exception {
        try (Wire wire = Wire.connectTls(home().httpsPort(), "site.example")) {
            assertThat(send(wire, Suite.get("rewrite.example", "/", "")).status())
                    .isEqualTo(200);
        }
        Head head = backends().plain.take().head();
        assertThat(head.value("X-Tls")).matches("On TLSv1\\.[23] TLS_[A-Z0-9_]+");
        assertThat(head.values("X-Client-Certificate")).containsExactly("NONE");
        if (has(KnownLimit.OFFERED_CIPHERS)) {
            assertThat(head.has("X-Offered")).isFalse();
        } else {
            assertThat(head.value("X-Offered")).contains("TLS_AES_256_GCM_SHA384");
        }
    }

    @Test // WS-11, WS-13, WS-14, WS-21: the handshake is rewritten, the messages are not
    default void handshakeIsRewritten() throws Exception {
        backends()
                .plain
                .answers(request -> WebSocketWire.accept(
                                request, "Server: chatty\r\nX-Kind: ws\r\nSet-Cookie: session=1\r\n")
                        .echo());
        try (WebSocketWire client =
                WebSocketWire.open(connect(), "/chat/room?x=1", "rewrite.example", "X-Host: inner.example\r\n")) {
            assertThat(client.head().value("X-Frame-Options")).isEqualTo("DENY");
            assertThat(client.head().value("X-Seen")).isEqualTo("ws 101 /talk/room");
            assertThat(client.head().value("Server")).doesNotContain("chatty");
            assertThat(client.head().values("Set-Cookie")).containsExactly("session=1; HttpOnly");
            client.sendText("/chat/room");
            assertThat(client.readMessage().text()).isEqualTo("/chat/room");
        }
        Head head = backends().plain.take().head();
        assertThat(head.startLine()).isEqualTo("GET /talk/room?x=1 HTTP/1.1");
        assertThat(head.values("Host")).containsExactly("inner.example");
        assertThat(head.values("X-Chat")).containsExactly("room");
        assertThat(head.values("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(head.values("Sec-WebSocket-Version")).containsExactly("13"); // the handshake's own stay ours
        assertThat(head.values("Upgrade")).hasSize(1);
    }

    @Test // WS-14, REQ-30
    default void refusalOfAHandshakeIsRewritten() throws Exception {
        backends()
                .plain
                .answers(request -> request.answer(
                        "HTTP/1.1 403 Forbidden\r\nServer: chatty\r\nX-Kind: no\r\n" + "Content-Length: 2\r\n\r\nno"));
        try (Wire wire = connect()) {
            wire.write(WebSocketWire.handshake("/chat/x", "rewrite.example", ""));
            Head head = wire.readFinalHead();
            assertThat(head.status()).isEqualTo(403);
            assertThat(head.value("X-Seen")).isEqualTo("no 403 /talk/x");
            assertThat(head.value("Server")).doesNotContain("chatty");
            assertThat(new String(wire.readAnswerBody(head, "GET"), StandardCharsets.US_ASCII))
                    .isEqualTo("no");
        }
    }
}
