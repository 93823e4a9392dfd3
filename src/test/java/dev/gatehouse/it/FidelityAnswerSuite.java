package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** REQ-42, REQ-43, REQ-46: a client gets the very bytes of a backend's answer. */
@SuppressWarnings("StringConcatToTextBlock") // lines end with CR LF
interface FidelityAnswerSuite extends Suite {
    private Head answer(String method, String status, String fields, String body) throws Exception {
        backends().plain.answers(request -> request.answer("HTTP/1.1 " + status + "\r\n" + fields + "\r\n" + body));
        return send(method + " / HTTP/1.1\r\nHost: fid.example\r\n\r\n").head();
    }

    /** The fields but for those of the connection, and for a Date if the backend sent none (RFC 9110 §6.6.1). */
    private static List<String> lines(Head head, boolean hasDate) {
        return head.fields().stream()
                .filter(field -> !List.of("connection", "keep-alive", "transfer-encoding")
                        .contains(field.name().toLowerCase(Locale.ROOT)))
                .filter(field -> hasDate || !field.name().equals("Date"))
                .map(field -> field.name() + ": " + field.value())
                .toList();
    }

    private void assertFields(List<String> received, List<String> sent) {
        if (has(KnownLimit.FIELD_ORDER)) {
            assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
        } else {
            assertThat(received).containsExactlyElementsOf(sent);
        }
    }

    static List<List<String>> answerFields() {
        return List.of(
                List.of("X-A: 1", "X-B: 2", "X-A: 3", "Set-Cookie: a=1", "X-C: 1", "Set-Cookie: b=2; Path=/; HttpOnly"),
                List.of("Set-Cookie: c", "Set-Cookie: =; Expires=Wed, 09 Jun 2021 10:18:14 GMT", "Set-Cookie: "),
                List.of(
                        "x-lower: 1",
                        "X-UPPER: 2",
                        "etag: \"x\"",
                        "SET-COOKIE: x=y",
                        "server: me",
                        "content-type: a/b"),
                List.of("X-Empty: ", "Content-Type: ", "Server: "),
                List.of("X-T: a\tb   c", "X-L: caf\u00e9 \u00ff\u0080\u009f", "X-U: \u00e2\u0082\u00ac"),
                List.of("X-Long: " + "v".repeat(20_000)),
                List.of(
                        "ETag: \"a\"",
                        "ETag: W/\"b\"",
                        "Last-Modified: x",
                        "Last-Modified: y",
                        "Server: a",
                        "Server: b"),
                List.of("Content-Type: a/b", "Content-Type: c/d; charset=x"),
                List.of("Content-Language: de, xx-bogus", "Content-Language: not a language!"),
                List.of("Content-Encoding: gzip", "Content-Encoding: br", "Vary: *", "Accept-Ranges: bytes"),
                List.of("Cache-Control: no-store", "Cache-Control: private", "Expires: 0", "Age: 5", "Pragma: x"),
                List.of("Location: ../x y?\u00e4", "Refresh: 0", "Content-Disposition: attachment; filename=\"a;b\""),
                List.of("WWW-Authenticate: Basic realm=\"x\", Digest", "WWW-Authenticate: Negotiate", "Allow: GET"),
                List.of("X_Under: 1", "X.dot: 2", "X!#$%&'*+^`|~: 3", "Via: 1.0 x", "X-Powered-By: PHP"),
                List.of("Link: </a>; rel=b, </c>", "Link: <d>", "Alt-Svc: h3=\":443\"", "X-Forwarded-For: 1"));
    }

    @ParameterizedTest // REQ-46: order, number, case and bytes
    @MethodSource
    default void answerFields(List<String> fields) throws Exception {
        Head head = answer("GET", "200 OK", String.join("\r\n", fields) + "\r\nContent-Length: 2\r\n", "ok");
        List<String> all = new java.util.ArrayList<>(fields);
        all.add("Content-Length: 2");
        assertFields(lines(head, false), all);
    }

    @ParameterizedTest // REQ-46: no container takes it apart
    @MethodSource("dev.gatehouse.it.FidelitySuite#contentTypes")
    default void contentTypeOfAnAnswerCrosses(String type) throws Exception {
        Head head = answer("GET", "200 OK", "Content-Type: " + type + "\r\nContent-Length: 2\r\n", "ok");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.values("Content-Type")).containsExactly(type);
    }

    @ParameterizedTest // REQ-46, WS-14: nor in the refusal of a handshake
    @MethodSource("dev.gatehouse.it.FidelitySuite#contentTypes")
    default void contentTypeOfARefusalCrosses(String type) throws Exception {
        backends()
                .plain
                .answers(request ->
                        request.answer("HTTP/1.1 403 No\r\nContent-Type: " + type + "\r\nContent-Length: 2\r\n\r\nno"));
        Head head = send(WebSocketWire.handshake("/", "fid.example", "")).head();
        assertThat(head.status()).isEqualTo(403);
        assertThat(head.values("Content-Type")).containsExactly(type);
    }

    @Test // REQ-46, RFC 9110 §5.5
    default void everyByteOfAValueComesBack() throws Exception {
        String all = IntStream.range('!', 256)
                .filter(each -> each != 127)
                .mapToObj(each -> String.valueOf((char) each))
                .reduce("", String::concat);
        Head head = answer("GET", "200 OK", "X-All: " + all + "\r\nContent-Length: 0\r\n", "");
        assertThat(head.values("X-All")).containsExactly(all);
    }

    @Test // REQ-46
    default void answersEachFieldKeepsItsOwnCase() throws Exception {
        Head head = answer("GET", "200 OK", "X-Two: 1\r\nx-two: 2\r\nContent-Length: 0\r\n", "");
        assertThat(lines(head, false)).contains("X-Two: 1", has(KnownLimit.FIELD_CASE) ? "X-Two: 2" : "x-two: 2");
    }

    @Test // REQ-46: RFC 9110 §6.6.1 has the gateway add a Date where there is none, and no other
    default void dateIsTheBackends() throws Exception {
        String dates = "Date: now\r\nDate: Tue, 15 Nov 1994 08:12:31 GMT\r\n";
        assertThat(answer("GET", "200 OK", dates + "Content-Length: 0\r\n", "").values("Date"))
                .containsExactly("now", "Tue, 15 Nov 1994 08:12:31 GMT");
        assertThat(answer("GET", "200 OK", "Content-Length: 0\r\n", "").values("Date"))
                .hasSize(1);
    }

    @Test // REQ-43: neither compressed nor expanded
    default void contentCodingIsLeftAlone() throws Exception {
        String text = "a".repeat(40_000);
        backends()
                .plain
                .answers(request -> request.answer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: "
                        + text.length() + "\r\n\r\n" + text));
        Answer plain = send(Suite.get("fid.example", "/", "Accept-Encoding: gzip, br\r\n"));
        assertThat(plain.head().has("Content-Encoding")).isFalse();
        assertThat(plain.text()).isEqualTo(text);
        Head coded = answer("GET", "200 OK", "Content-Encoding: gzip\r\nContent-Length: 3\r\n", "\u001f\u008bx");
        assertThat(coded.values("Content-Encoding")).containsExactly("gzip");
        assertThat(coded.values("Content-Length")).containsExactly("3");
    }

    @Test // REQ-43, REQ-46, RFC 9110 §8.6: the length of what GET would have got; none in 204
    default void lengthsOfAnswersWithoutBody() throws Exception {
        String fields = "ETag: \"x\"\r\nContent-Type: a/b; charset=\"q\"\r\nContent-Encoding: gzip\r\n";
        Head notModified = answer("GET", "304 Not Modified", fields + "Content-Length: 1234\r\n", "");
        assertThat(notModified.values("Content-Type")).containsExactly("a/b; charset=\"q\"");
        assertThat(notModified.values("Content-Encoding")).containsExactly("gzip");
        if (has(KnownLimit.NOT_MODIFIED_LENGTH)) {
            assertThat(notModified.has("Content-Length")).isFalse();
        } else {
            assertThat(notModified.values("Content-Length")).containsExactly("1234");
        }
        assertThat(answer("GET", "304 Not Modified", "X-A: 1\r\n", "").has("Content-Length"))
                .isFalse();
        Head empty = answer("GET", "204 No Content", fields + "Content-Length: 0\r\n", "");
        assertThat(lines(empty, false))
                .containsExactlyInAnyOrder("ETag: \"x\"", "Content-Type: a/b; charset=\"q\"", "Content-Encoding: gzip");
    }

    @Test // REQ-46, RFC 9110 §8.6: a length that the backend does not tell is not made up
    default void headTellsTheLengthOfTheBackendAlone() throws Exception {
        assertThat(answer("HEAD", "200 OK", "Content-Length: 77\r\n", "").values("Content-Length"))
                .containsExactly("77");
        assertThat(answer("HEAD", "200 OK", "Content-Length: 0\r\n", "").values("Content-Length"))
                .containsExactly("0");
        assertThat(answer("HEAD", "200 OK", "X-A: 1\r\n", "").has("Content-Length"))
                .isFalse();
        assertThat(answer("HEAD", "200 OK", "Transfer-Encoding: chunked\r\n", "")
                        .has("Content-Length"))
                .isFalse();
        assertThat(answer("HEAD", "304 Not Modified", "X-A: 1\r\n", "").has("Content-Length"))
                .isFalse();
    }

    @Test // RFC 9110 §8.6, RFC 9112 §6.1: 204 has no framing
    default void headOfNothingHasNoFraming() throws Exception {
        for (String length : List.of("", "Content-Length: 0\r\n")) {
            Head head = answer("HEAD", "204 No Content", length, "");
            assertThat(head.values("Content-Length"))
                    .isEqualTo(has(KnownLimit.HEAD_NO_CONTENT) ? List.of("0") : List.of());
            assertThat(head.has("Transfer-Encoding")).isFalse();
        }
    }

    @Test // a HEAD without length leaves the connection in step
    default void headWithoutLengthKeepsTheConnection() throws Exception {
        backends().plain.answers(request -> {
            request.answer("HTTP/1.1 200 OK\r\nX-A: 1\r\n"
                    + (request.head().method().equals("HEAD") ? "\r\n" : "Content-Length: 4\r\n\r\nbody"));
        });
        try (Wire wire = connect()) {
            assertThat(send(wire, "HEAD / HTTP/1.1\r\nHost: fid.example\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            assertThat(send(wire, Suite.get("fid.example", "/", "")).text()).isEqualTo("body");
        }
    }

    @ParameterizedTest // REQ-46
    @CsvSource({"200 All is fine", "'200 '", "418 I'm a teapot", "404 Nix da", "599 Own", "207 Multi-Status"})
    default void reasonPhraseCrosses(String status) throws Exception {
        String line = answer("GET", status, "Content-Length: 0\r\n", "").startLine();
        assertThat(line).isEqualTo("HTTP/1.1 " + (has(KnownLimit.REASON_PHRASE) ? status.substring(0, 4) : status));
    }

    @Test // REQ-42, REQ-46, WS-14: fields of a 101
    default void fieldsOfAnAcceptanceCross() throws Exception {
        String fields = "Set-Cookie: a=1\r\nX-A: caf\u00e9\u0080\r\nSet-Cookie: b=2\r\nServer: me\r\nX-Empty:\r\n";
        backends()
                .plain
                .answers(request -> WebSocketWire.accept(request, fields).echo());
        try (WebSocketWire client = openWebSocket("fid.example", "/")) {
            assertThat(client.head().values("Set-Cookie")).containsExactly("a=1", "b=2");
            assertThat(client.head().values("X-A")).containsExactly("caf\u00e9\u0080");
            assertThat(client.head().values("Server")).containsExactly("me");
            assertThat(client.head().values("X-Empty")).containsExactly("");
        }
    }
}
