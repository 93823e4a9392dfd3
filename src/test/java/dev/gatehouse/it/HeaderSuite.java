package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-3, REQ-4, REQ-41, REQ-42, REQ-46: which fields cross the gateway, and which do not. */
@SuppressWarnings("StringConcatToTextBlock") // lines end with CR LF
interface HeaderSuite extends Suite {
    @Test // REQ-41
    default void backendLearnsOfTheClient() throws Exception {
        int clientPort;
        try (Wire wire = connect()) {
            clientPort = wire.localPort();
            send(
                    wire,
                    Suite.get("plain.example:80", "/a?b", "X-Forwarded-Proto: gopher\r\nX-AppGW-Trace-Id: mine\r\n"));
        }
        Head head = backends().plain.take().head();
        assertThat(head.values("X-Forwarded-For")).containsExactly("127.0.0.1:" + clientPort);
        assertThat(head.values("X-Forwarded-Proto")).containsExactly("http");
        assertThat(head.values("X-Forwarded-Port")).containsExactly("80");
        assertThat(head.values("X-Original-Host")).containsExactly("plain.example:80");
        assertThat(head.values("X-Original-URL")).containsExactly("/a?b");
        assertThat(head.value("X-AppGW-Trace-Id")).matches("[0-9a-f]{32}");
        assertThat(head.has("Via")).isFalse();
    }

    @Test // REQ-41
    default void forwardedForIsContinued() throws Exception {
        send(Suite.get("plain.example", "/", "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.2\r\n"));
        assertThat(backends().plain.take().head().value("X-Forwarded-For"))
                .matches("192\\.0\\.2\\.1, 192\\.0\\.2\\.2, 127\\.0\\.0\\.1:\\d+");
    }

    @Test // REQ-42
    default void hopByHopFieldsOfTheRequestStay() throws Exception {
        String fields = "Connection: keep-alive, X-Private, x-other\r\nX-Private: 1\r\nX-Other: 2\r\n"
                + "Keep-Alive: timeout=4711\r\nProxy-Connection: keep-alive\r\nTE: gzip\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQAAP__\r\nProxy-Authorization: Basic eDp5\r\nX-Public: 3\r\n";
        assertThat(send(Suite.get("plain.example", "/", fields)).status()).isEqualTo(200);
        Head head = backends().plain.take().head();
        assertThat(head.values("X-Public")).containsExactly("3");
        for (String name : List.of(
                "X-Private", "X-Other", "Keep-Alive", "Proxy-Connection", "TE", "Upgrade", "Proxy-Authorization")) {
            assertThat(head.values(name)).as(name).isEmpty();
        }
    }

    @Test // REQ-42
    default void hopByHopFieldsOfTheAnswerStay() throws Exception {
        backends()
                .plain
                .answers(request -> request.answer("HTTP/1.1 200 OK\r\nConnection: X-Private\r\nX-Private: 1\r\n"
                        + "Keep-Alive: timeout=4711\r\nUpgrade: h2c\r\nProxy-Authenticate: Basic realm=x\r\n"
                        + "X-Public: 2\r\nContent-Length: 0\r\n\r\n"));
        Head head = get("plain.example", "/").head();
        assertThat(head.values("X-Public")).containsExactly("2");
        assertThat(head.has("X-Private")).isFalse();
        assertThat(head.value("Keep-Alive")).doesNotContain("4711");
        assertThat(head.has("Upgrade")).isFalse();
        assertThat(head.has("Proxy-Authenticate")).isFalse();
    }

    @Test // REQ-4
    default void fieldWithUnderscoreIsDropped() throws Exception {
        send(Suite.get("plain.example", "/", "X_User: root\r\nX-User: guest\r\n"));
        Head head = backends().plain.take().head();
        assertThat(head.has("X_User")).isFalse();
        assertThat(head.values("X-User")).containsExactly("guest");
    }

    @Test
    default void duplicateFieldsKeepTheirOrder() throws Exception {
        send(Suite.get("plain.example", "/", "Accept: a\r\nX-Twice: 1\r\nAccept: b\r\nX-Twice: 2\r\nX-Empty:\r\n"));
        Head head = backends().plain.take().head();
        assertThat(head.values("Accept")).containsExactly("a", "b");
        assertThat(head.values("X-Twice")).containsExactly("1", "2");
        assertThat(head.values("X-Empty")).containsExactly("");
    }

    @ParameterizedTest // a container must not take logins for its own
    @ValueSource(strings = {"Basic dXNlcjp3cm9uZw==", "Digest username=\"x\"", "Bearer t", "Negotiate YII="})
    default void credentialsAreTheBackends(String credentials) throws Exception {
        assertThat(send(Suite.get("plain.example", "/", "Authorization: " + credentials + "\r\n"))
                        .status())
                .isEqualTo(200);
        assertThat(backends().plain.take().head().values("Authorization")).containsExactly(credentials);
    }

    @Test
    default void fieldsKeepTheirOrderAndCase() throws Exception {
        send(Suite.get("plain.example", "/", "x-lower: 1\r\nX-UPPER: 2\r\nAccept: a\r\nX-Mixed: 3\r\n"));
        List<String> names = backends().plain.take().head().fields().stream()
                .map(Head.Field::name)
                .toList();
        if (has(KnownLimit.FIELD_ORDER)) {
            assertThat(names).contains("x-lower", "X-UPPER", "Accept", "X-Mixed");
        } else {
            assertThat(names).containsSubsequence("x-lower", "X-UPPER", "Accept", "X-Mixed");
        }
    }

    @Test // REQ-46
    default void answerCrossesUnmodified() throws Exception {
        backends()
                .plain
                .answers(request ->
                        request.answer("HTTP/1.1 418 Teapot\r\nServer: Kettle/1\r\nSet-Cookie: a=1; Path=/\r\n"
                                + "Set-Cookie: b=2; HttpOnly\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\nX-Caf: caf\u00e9\r\n"
                                + "Content-Type: text/x-tea\r\nContent-Encoding: gzip\r\nETag: \"e\"\r\nContent-Length: 4\r\n\r\n"
                                + "\u001f\u008b!!"));
        Answer answer = get("plain.example", "/");
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.head().values("Server")).containsExactly("Kettle/1");
        assertThat(answer.head().values("Set-Cookie")).containsExactly("a=1; Path=/", "b=2; HttpOnly");
        assertThat(answer.head().values("Date")).containsExactly("Mon, 01 Jan 2024 00:00:00 GMT");
        assertThat(answer.head().values("X-Caf")).containsExactly("caf\u00e9");
        assertThat(answer.head().values("Content-Type")).containsExactly("text/x-tea");
        assertThat(answer.head().values("Content-Encoding")).containsExactly("gzip");
        assertThat(answer.head().values("ETag")).containsExactly("\"e\"");
        assertThat(answer.text()).isEqualTo("\u001f\u008b!!");
    }

    @Test // REQ-46: no charset, type, cookie or caching field is made up
    default void nothingIsAddedToTheAnswer() throws Exception {
        backends().plain.answers(request -> request.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        List<String> names = get("plain.example", "/").head().fields().stream()
                .map(field -> field.name().toLowerCase(java.util.Locale.ROOT))
                .toList();
        assertThat(names).isSubsetOf("content-length", "date", "connection", "keep-alive");
    }

    @ParameterizedTest // limits of REQ-3 are 32 KiB
    @ValueSource(ints = {4, 20})
    default void largeHeadersCross(int kibibytes) throws Exception {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < kibibytes; i++) {
            fields.append("X-Part-")
                    .append(i)
                    .append(": ")
                    .append("v".repeat(1010))
                    .append("\r\n");
        }
        backends()
                .plain
                .answers(request -> request.answer("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 0\r\n\r\n"));
        Answer answer = send(Suite.get("plain.example", "/", fields.toString()));
        assertThat(answer.status()).isEqualTo(200);
        for (Head head : List.of(answer.head(), backends().plain.take().head())) {
            assertThat(head.value("X-Part-" + (kibibytes - 1))).hasSize(1010);
        }
    }

    @ParameterizedTest // RFC 9112 §6.3, REQ-3
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 5x\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
            })
    default void ambiguousFramingReachesNoBackendAsSuch(String framing) throws Exception {
        String request = "POST / HTTP/1.1\r\nHost: plain.example\r\n" + framing + "\r\n0\r\n\r\n";
        try (Wire wire = connect()) {
            wire.write(request);
            int status = wire.readFinalHead().status();
            if (status != 200) {
                assertThat(status).isIn(400, 501);
                assertThat(backends().plain.recorded()).isZero();
                return;
            }
        }
        Head head = backends().plain.take().head(); // a container may resolve it by RFC 9112 §6.3: coding wins
        assertThat(head.values("Transfer-Encoding")).containsExactly("chunked");
        assertThat(head.has("Content-Length")).isFalse();
    }

    @Test // RFC 9112 §9.3: keep-alive survives every kind of answer without body
    default void answersWithoutBodyKeepTheConnection() throws Exception {
        backends().plain.answers(request -> {
            switch (request.head().target()) {
                case "/head" -> request.answer("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nX-A: head\r\n\r\n");
                case "/204" -> request.answer("HTTP/1.1 204 No Content\r\nX-A: 204\r\n\r\n");
                case "/304" -> request.answer("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nX-A: 304\r\n\r\n");
                default -> request.ok("body");
            }
        });
        try (Wire wire = connect()) {
            Answer head = send(wire, "HEAD /head HTTP/1.1\r\nHost: plain.example\r\n\r\n");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.head().values("Content-Length")).containsExactly("1234");
            assertThat(send(wire, Suite.get("plain.example", "/204", "")).status())
                    .isEqualTo(204);
            Answer notModified = send(wire, Suite.get("plain.example", "/304", ""));
            assertThat(notModified.status()).isEqualTo(304);
            assertThat(notModified.head().value("ETag")).isEqualTo("\"x\"");
            assertThat(send(wire, Suite.get("plain.example", "/", "")).text()).isEqualTo("body");
        }
    }

    @Test // REQ-46
    default void backendsRedirectsAndChallengesAreRelayed() throws Exception {
        backends().plain.answers(request -> {
            if (request.head().target().equals("/302")) {
                request.answer("HTTP/1.1 302 Found\r\nLocation: http://inside.example/x\r\nContent-Length: 0\r\n\r\n");
            } else {
                request.answer("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                        + "Content-Length: 4\r\n\r\nnope");
            }
        });
        Answer redirect = get("plain.example", "/302");
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.head().value("Location")).isEqualTo("http://inside.example/x");
        Answer challenge = get("plain.example", "/401");
        assertThat(challenge.status()).isEqualTo(401);
        assertThat(challenge.head().value("WWW-Authenticate")).isEqualTo("Basic realm=\"x\"");
        assertThat(challenge.text()).isEqualTo("nope");
        assertThat(backends().plain.recorded()).isEqualTo(2);
    }
}
