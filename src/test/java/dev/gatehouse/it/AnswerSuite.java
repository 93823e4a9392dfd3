package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.Wire;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** REQ-46 to REQ-49: what clients get when the gateway itself answers. */
@SuppressWarnings("StringConcatToTextBlock") // lines end with CR LF
interface AnswerSuite extends Suite {
    @Test // REQ-48
    default void listenersOwnPageIsServedWithTheStatusOfTheError() throws Exception {
        Answer answer = get("pages.example", "/");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(new String(answer.bytes(), StandardCharsets.UTF_8)).isEqualTo(Backends.PAGE_502);
        assertThat(answer.head().value("Content-Type")).isEqualTo("text/html");
        assertThat(answer.head().values("Server")).containsExactly("Gatehouse");
        assertThat(answer.head().values("Content-Length")).containsExactly(Integer.toString(answer.bytes().length));
    }

    @Test // REQ-48
    default void pageOfAHeadRequestIsOnlyAnnounced() throws Exception {
        try (Wire wire = connect()) {
            wire.write("HEAD / HTTP/1.1\r\nHost: pages.example\r\n\r\n");
            assertThat(wire.readFinalHead().status()).isEqualTo(502);
            assertThat(send(wire, Suite.get("plain.example", "/", "")).status()).isEqualTo(200);
        }
    }

    @Test // REQ-48
    default void listenersPagesReplaceThoseOfTheGatewayWhole() throws Exception {
        Answer plain = send("TRACE / HTTP/1.1\r\nHost: plain.example\r\n\r\n");
        Answer own = send("TRACE / HTTP/1.1\r\nHost: pages.example\r\n\r\n");

        assertThat(plain.status()).isEqualTo(405);
        assertThat(plain.text()).isEqualTo(Backends.PAGE_405);
        assertThat(own.status()).isEqualTo(405);
        assertThat(own.text()).contains("405 Method Not Allowed").doesNotContain("does not take");
    }

    @Test // REQ-48
    default void handshakeThatFailsGetsThePageToo() throws Exception {
        Answer answer = send("GET / HTTP/1.1\r\nHost: pages.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(new String(answer.bytes(), StandardCharsets.UTF_8)).isEqualTo(Backends.PAGE_502);
    }

    @Test // REQ-46, REQ-48
    default void backendsOwnErrorIsNeverReplaced() throws Exception {
        backends()
                .plain
                .answers(
                        request -> request.answer(
                                "HTTP/1.1 405 No\r\nServer: mine\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nmine"));
        Answer answer = get("plain.example", "/");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.text()).isEqualTo("mine");
        assertThat(answer.head().values("Server")).containsExactly("mine");
    }

    @Test // REQ-47
    default void builtInPageNamesTheErrorAndTheGateway() throws Exception {
        Answer answer = get("nobody.example", "/");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text())
                .contains("<title>404 Not Found</title>", "<h1>404 Not Found</h1>", "Gatehouse")
                .doesNotContain("Tomcat", "Undertow", "WildFly", "at dev.");
        assertThat(answer.head().values("Server")).containsExactly("Gatehouse");
    }

    @Test // REQ-24, REQ-47
    default void redirectNamesTheGatewayAndHasNoErrorPage() throws Exception {
        Head head = get("redirected.example", "/").head();

        assertThat(head.status() / 100).isEqualTo(3);
        assertThat(head.values("Server")).containsExactly("Gatehouse");
    }
}
