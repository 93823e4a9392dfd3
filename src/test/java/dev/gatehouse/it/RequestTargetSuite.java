package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RecordingBackend.Received;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-22, WS-13: what stands in the request line arrives at the backend byte for byte, whatever the container thinks. */
interface RequestTargetSuite extends Suite {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a%2Fb%2fc",
                "/a%20b+c",
                "/a//b///",
                "//x/admin?q=1",
                "//u:p@x:80/y",
                "/a%5Cb%5cc",
                "/a;x=1;jsessionid=2/b",
                "/a|b?c|d",
                "/{a}/[b]^?x={b}[]^`",
                "/%7Ba%7D?x=%7B1%7D",
                "/caf%C3%A9?q=%C3%BC%FF",
                "/a?a=b=c&&d",
                "/a?x=%2F..%2F../&y=//&z=?",
                "/a!$&'()*,:=@~-._",
                "/a%25%32%66%3F%23?%23",
                "/a%41%2d%7e",
            })
    default void httpTargetArrivesByteForByte(String target) throws Exception {
        Answer answer = get("plain.example", target);
        assertThat(answer.status()).isEqualTo(200);
        Received request = backends().plain.take();
        assertThat(request.head().startLine()).isEqualTo("GET " + target + " HTTP/1.1");
        assertThat(request.head().value("X-Original-URL")).isEqualTo(target); // REQ-41
    }

    @Test
    default void emptyQueryStaysAQuery() throws Exception {
        assertThat(get("plain.example", "/a?").status()).isEqualTo(200);
        assertThat(backends().plain.take().head().target()).isEqualTo(has(KnownLimit.EMPTY_QUERY) ? "/a" : "/a?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%2Fb%2fc/c%20d?x=%7B1%7D",
                "/a//b+c;x=1?a=b=c",
                "/a%5Cb|{c}?d|{e}",
                "/caf%C3%A9?q",
            })
    default void webSocketTargetArrivesByteForByte(String target) throws Exception {
        backends().plain.answers(request -> WebSocketWire.accept(request, "").echo());
        try (WebSocketWire client = openWebSocket("plain.example", target)) {
            assertThat(backends().plain.take().head().startLine()).isEqualTo("GET " + target + " HTTP/1.1");
            client.sendText("open");
            assertThat(client.readMessage().text()).isEqualTo("open");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/a/./b/../c, /a/c",
        "/a/%2e%2e/c, /c",
        "/a/.., /",
        "/a/b/.?x=../.., /a/b/?x=../..",
        "/a/...//..b, /a/...//..b",
    })
    default void dotSegmentsAreRemoved(String target, String forwarded) throws Exception {
        assertThat(get("plain.example", target).status()).isEqualTo(200);
        assertThat(backends().plain.take().head().target()).isEqualTo(forwarded);
    }

    /** Matched and forwarded are one text: nobody reaches a backend by a path that its rule does not cover. */
    @ParameterizedTest
    @ValueSource(strings = {"/images/../video/x", "/images/%2e%2e/video/x", "/images/./../video/x"})
    default void dotSegmentsDoNotSlipPastPathRules(String target) throws Exception {
        assertThat(get("paths.example", target).status()).isEqualTo(200);
        assertThat(backends().second.take().head().target()).isEqualTo("/video/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/a/../../b", "/%2e%2e/b", "/a%00b", "/a/%00"})
    default void pathsThatNameNothingAreRefused(String target) throws Exception {
        assertThat(get("plain.example", target).status()).isEqualTo(400);
        assertThat(backends().plain.recorded()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%00", "/a/../../b"})
    default void webSocketPathsThatNameNothingAreRefused(String target) throws Exception {
        try (Wire wire = connect()) {
            wire.write(WebSocketWire.handshake(target, "plain.example", ""));
            assertThat(wire.readFinalHead().status()).isEqualTo(400);
        }
        assertThat(backends().plain.recorded()).isZero();
    }

    /** Names that mean something to a container mean nothing to a gateway. */
    @ParameterizedTest
    @ValueSource(strings = {"/WEB-INF/web.xml", "/META-INF/", "/web-inf/x"})
    default void containersOwnPathsAreTheBackends(String target) throws Exception {
        int status = get("plain.example", target).status();
        if (has(KnownLimit.CONTAINERS_OWN_PATHS)) {
            assertThat(status).isEqualTo(404);
        } else {
            assertThat(status).isEqualTo(200);
            assertThat(backends().plain.take().head().target()).isEqualTo(target);
        }
    }
}
