package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-22, REQ-41 to REQ-43: a backend gets the very bytes that a client sent, but for what the gateway is to add or take. */
@SuppressWarnings("StringConcatToTextBlock") // lines end with CR LF
interface FidelitySuite extends Suite {
    Set<String> ADDED = Set.of(
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-port",
            "x-original-host",
            "x-original-url",
            "x-appgw-trace-id");

    /** Sends a request whole; the fields the backend got, but for Host and those that tell of the client (REQ-41). */
    default List<String> received(String request) throws Exception {
        assertThat(send(request).status()).isEqualTo(200);
        return lines(backends().plain.take().head());
    }

    private static List<String> lines(Head head) {
        return head.fields().stream()
                .filter(field -> !ADDED.contains(field.name().toLowerCase(Locale.ROOT)))
                .filter(field -> !field.name().equals("Host"))
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

    static List<List<String>> requestFields() {
        return List.of(
                List.of("X-A: 1", "X-B: 2", "X-A: 3", "X-B: 4", "Accept: a", "X-A: 5"),
                List.of("accept: a", "ACCEPT-ENCODING: gzip, br;q=0", "uSER-aGENT: x", "cOOKIE: a=b", "x-lower: 1"),
                List.of("X-Empty: ", "Accept: ", "Cookie: "),
                List.of("X-Latin: caf\u00e9 \u00ff\u0080\u0099\u009f\u00a0x"),
                List.of("X-Utf8: " + bytes("caf\u00e9 \u20ac \ud83d\ude00 \u0440\u0443")),
                List.of(
                        "Cookie: a=1; b=2",
                        "Cookie: c=3",
                        "Cookie: $Version=1; d=\"x y\"; e",
                        "Cookie: ;;=;JSESSIONID=x"),
                List.of("X-Long: " + "v".repeat(15_000), "Cookie: a=" + "w".repeat(8_000)),
                List.of("Range: bytes=0-1, 4-", "If-Range: \"e\"", "If-None-Match: W/\"a\", \"b\"", "If-Match: *"),
                List.of("If-Modified-Since: not a date", "Date: no date either", "Max-Forwards: 10", "Expires: 0"),
                List.of(
                        "Accept-Encoding: gzip;q=1.0, br, *;q=0",
                        "Accept-Language: de, en;q=0.5",
                        "Accept-Charset: x-no"),
                List.of("Content-Language: de", "Content-Encoding: gzip", "Content-Location: /x", "Content-MD5: x"),
                List.of("Authorization: Bearer a.b.c=="),
                List.of("Via: 1.1 proxy", "Forwarded: for=1.2.3.4", "X-Real-IP: 1.1.1.1", "Server: me", "ETag: x"),
                List.of("Origin: null", "Referer: http://x/y?z", "DNT: 1", "Early-Data: 1", "SOAPAction: \"\""),
                List.of("Content-Type: text/plain", "Content-Type: text/html; charset=bogus"),
                List.of("0: 4", "-: 5", "X--: 6"));
    }

    @ParameterizedTest // REQ-4, REQ-46: order, number, case and bytes
    @MethodSource
    default void requestFields(List<String> fields) throws Exception {
        assertFields(received(Suite.get("fid.example", "/", String.join("\r\n", fields) + "\r\n")), fields);
    }

    @Test // RFC 9110 §5.5: every byte that a value may hold
    default void everyByteOfAValueCrosses() throws Exception {
        String all = IntStream.range('!', 256)
                .filter(each -> each != 127)
                .mapToObj(each -> String.valueOf((char) each))
                .reduce("", String::concat);
        assertThat(received(Suite.get("fid.example", "/", "X-All: " + all + "\r\n")))
                .containsExactly("X-All: " + all);
    }

    @Test
    default void blanksWithinAValueStay() throws Exception {
        List<String> received = received(Suite.get("fid.example", "/", "X-T: a\tb   c\t d\r\n"));
        assertThat(received).containsExactly(has(KnownLimit.FIELD_BLANKS) ? "X-T: a b c d" : "X-T: a\tb   c\t d");
    }

    @Test
    default void eachFieldKeepsItsOwnCase() throws Exception {
        List<String> received = received(Suite.get("fid.example", "/", "X-Two: 1\r\nx-two: 2\r\nX-TWO: 3\r\n"));
        if (has(KnownLimit.FIELD_CASE)) {
            assertThat(received).containsExactly("X-Two: 1", "X-Two: 2", "X-Two: 3");
        } else {
            assertThat(received).containsExactly("X-Two: 1", "x-two: 2", "X-TWO: 3");
        }
    }

    @ParameterizedTest // no container reads the type of a body that it only passes on
    @MethodSource("contentTypes")
    default void contentTypeOfARequestCrosses(String type) throws Exception {
        List<String> received = received(
                "POST / HTTP/1.1\r\nHost: fid.example\r\nContent-Type: " + type + "\r\nContent-Length: 3\r\n\r\na=b");
        assertThat(received).containsExactlyInAnyOrder("Content-Type: " + type, "Content-Length: 3");
    }

    static List<String> contentTypes() {
        return List.of(
                "text/html; charset=bogus",
                "text/html; charset=\"utf-8\"",
                "text/plain;charset=ISO-8859-1;format=flowed",
                "TEXT/html;CHARSET=utf-8",
                "text/html;charset=UTF-8",
                "text/html;",
                "text/html; charset=",
                "text/html; charset",
                ";;;",
                "x",
                "text/html; charset=utf-8; charset=latin1",
                "multipart/form-data; boundary=\"a;b\"; charset=utf-8",
                "text/html; x=\"charset=utf-8\"",
                "text/html ; charset = utf-8",
                "application/json; charset=Shift_JIS; q=\"\\\"\"",
                "text/html;;charset=utf-8",
                "application/x-www-form-urlencoded; charset=x-none");
    }

    @ParameterizedTest // REQ-8, REQ-42, REQ-43: what belongs to one hop, or frames, is made anew
    @MethodSource
    default void fieldsOfOneHop(String sent, List<String> received) throws Exception {
        assertThat(received(Suite.get("fid.example", "/", sent))).containsExactlyInAnyOrderElementsOf(received);
    }

    static List<Arguments> fieldsOfOneHop() {
        return List.of(
                hop("TE: trailers, deflate;q=0.5\r\nConnection: TE\r\n", "TE: trailers", "Connection: TE"),
                hop("TE: gzip\r\nConnection: TE\r\n"),
                hop("Trailer: X-Sum\r\n"),
                hop("Expect: 100-continue\r\n"),
                hop("Connection: close\r\n"),
                hop("Connection: keep-alive, Keep-Alive\r\nKeep-Alive: timeout=1\r\n"),
                hop("Connection: x-a\r\nX-A: 1\r\nX-a: 2\r\nX-B: 3\r\n", "X-B: 3"),
                hop(
                        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAM\r\nX-B: 3\r\n",
                        "X-B: 3"),
                hop("Upgrade: TLS/1.0\r\nProxy-Connection: close\r\nProxy-Authorization: Basic eA==\r\n"),
                hop("X-Azure-JA4-Fingerprint: mine\r\n"), // REQ-41
                hop("X_Y: 2\r\nX.Y: 3\r\nX!Y: 4\r\n")); // REQ-4
    }

    private static Arguments hop(String sent, String... received) {
        return Arguments.of(sent, Arrays.asList(received));
    }

    @Test // REQ-2, REQ-43
    default void oldClientsRequestGoesOnAsNew() throws Exception {
        send("GET /a HTTP/1.0\r\nHost: fid.example\r\nX-A: 1\r\n\r\n");
        Head head = backends().plain.take().head();
        assertThat(head.startLine()).isEqualTo("GET /a HTTP/1.1");
        assertThat(lines(head)).containsExactly("X-A: 1");
    }

    @ParameterizedTest // REQ-41: continued after ", ", one field however many were sent
    @ValueSource(
            strings = {
                "192.0.2.1",
                "192.0.2.1:4711",
                "[2001:db8::1]:4711",
                "2001:db8::1",
                "192.0.2.1, 10.0.0.1 ,unknown",
                "_hidden;x=\"y\"",
            })
    default void forwardedForIsContinuedAsItIs(String before) throws Exception {
        send(Suite.get("fid.example", "/", "X-Forwarded-For: " + before + "\r\nX-Forwarded-For:\r\n"));
        List<String> values = backends().plain.take().head().values("X-Forwarded-For");
        assertThat(values).hasSize(1);
        assertThat(values.get(0)).startsWith(before + ", 127.0.0.1:").matches(".*:\\d+");
    }

    @Test // REQ-41: what clients say of themselves is replaced, on handshakes too; the trace id is new with every
    // request
    default void fieldsThatTellOfTheClientAreReplaced() throws Exception {
        String lies =
                "X-Forwarded-Proto: gopher\r\nX-Forwarded-Proto: ftp\r\nX-Forwarded-Port: 1\r\nX-Original-Host: x\r\n"
                        + "X-Original-URL: /evil\r\nx-appgw-trace-id: mine\r\n";
        send(Suite.get("fid.example:80", "/a?b", lies));
        backends().plain.answers(request -> WebSocketWire.accept(request, "").echo());
        WebSocketWire.open(connect(), "/a?b", "fid.example:80", lies).close();
        Head plain = backends().plain.take().head();
        Head handshake = backends().plain.take().head();
        for (Head head : List.of(plain, handshake)) {
            assertThat(head.values("X-Forwarded-Proto")).containsExactly("http");
            assertThat(head.values("X-Forwarded-Port")).containsExactly("80");
            assertThat(head.values("X-Original-Host")).containsExactly("fid.example:80");
            assertThat(head.values("X-Original-URL")).containsExactly("/a?b");
            assertThat(head.values("X-AppGW-Trace-Id"))
                    .singleElement()
                    .asString()
                    .matches("[0-9a-f]{32}");
        }
        assertThat(handshake.value("X-AppGW-Trace-Id")).isNotEqualTo(plain.value("X-AppGW-Trace-Id"));
    }

    @Test // REQ-41
    default void handshakeOverTlsTellsOfTheClient() throws Exception {
        backends().plain.answers(request -> WebSocketWire.accept(request, "").echo());
        Wire wire = Wire.connectTls(home().httpsPort(), "plain.example");
        WebSocketWire.open(wire, "/", "plain.example", "X-Forwarded-For: 192.0.2.1\r\n")
                .close();
        Head head = backends().plain.take().head();
        assertThat(head.values("X-Forwarded-Proto")).containsExactly("https");
        assertThat(head.values("X-Forwarded-Port")).containsExactly("443");
        assertThat(head.value("X-Forwarded-For")).matches("192\\.0\\.2\\.1, 127\\.0\\.0\\.1:\\d+");
    }

    @Test // WS-13: a handshake's own fields are ours, all others cross
    default void fieldsOfAHandshakeCross() throws Exception {
        List<String> fields = List.of(
                "Cookie: a=1",
                "X-A: caf\u00e9\u0080",
                "Cookie: b=2",
                "x-b: 3",
                "Authorization: Basic eA==",
                "X-Empty: ");
        backends().plain.answers(request -> WebSocketWire.accept(request, "").echo());
        WebSocketWire.open(connect(), "/", "fid.example", String.join("\r\n", fields) + "\r\n")
                .close();
        List<String> received = lines(backends().plain.take().head()).stream()
                .filter(line -> !line.startsWith("Sec-WebSocket-")
                        && !line.equals("Upgrade: websocket")
                        && !line.equals("Connection: Upgrade"))
                .toList();
        assertFields(received, fields);
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
