package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.WebSocketHandshake;
import dev.gatehouse.upstream.HandshakeKey;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String GOOD = String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: WebSocket",
            "Connection: keep-alive, upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "");

    @Test
    void acceptIsTheRfcsExample() { // RFC 6455 §1.3, websocket.md 1
        assertThat(HandshakeKey.acceptFor(KEY)).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(WebSocketHandshake.isKey(HandshakeKey.next())).isTrue();
    }

    @Test
    void requestIsWrittenAsGiven() {
        RequestHeadWriter writer = new RequestHeadWriter("/a%2Fb?x={1}");
        writer.add("Host", "www.example.com");
        writer.add("Cookie", "a=1");
        assertThat(ISO_8859_1.decode(writer.finish()).toString())
                .isEqualTo("GET /a%2Fb?x={1} HTTP/1.1\r\nHost: www.example.com\r\nCookie: a=1\r\n\r\n");
        assertThatThrownBy(() -> writer.add("X", "a\r\nInjected: b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headIsReadWhateverTheCuts() throws Exception {
        String text =
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + GOOD + "Set-Cookie: a=1\nSet-Cookie:  b=2 \r\n\r\nXY";
        byte[] bytes = text.getBytes(ISO_8859_1);
        for (int cut = 0; cut < bytes.length - 2; cut++) {
            ResponseHeadParser parser = new ResponseHeadParser();
            assertThat(parser.parse(ByteBuffer.wrap(bytes, 0, cut))).isNull();
            ByteBuffer rest = ByteBuffer.wrap(bytes, cut, bytes.length - cut);
            ResponseHead head = parser.parse(rest);
            assertThat(head).isNotNull();
            assertThat(head.status()).isEqualTo(101);
            assertThat(head.values("set-cookie")).containsExactly("a=1", "b=2");
            assertThat(head.first("Link")).isEmpty();
            assertThat(rest.remaining()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/2 200 OK\n",
                "HTTP/1.1 99 x\n",
                "HTTP/1.1 abc\n",
                "SSH-2.0-x\n",
                "HTTP/1.1 2000 x\n",
                "HTTP/1.1 200 OK\nA : b\n",
                "HTTP/1.1 200 OK\n: b\n",
                "HTTP/1.1 200 OK\nA: b\n folded\n",
                "HTTP/1.1 200 OK\nA: b\rc\n",
                "HTTP/1.1 200 OK\nno colon\n",
                "\n",
            })
    void whatIsNoHeadIsRefused(String text) { // RFC 9112 §5
        assertThatThrownBy(() -> new ResponseHeadParser().parse(ByteBuffer.wrap(text.getBytes(ISO_8859_1))))
                .isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void headWithoutEndIsRefused() {
        ResponseHeadParser parser = new ResponseHeadParser();
        assertThatThrownBy(() -> parser.parse(ByteBuffer.allocate(ResponseHeadParser.MAX_HEAD_BYTES + 1)))
                .isInstanceOf(MalformedAnswerException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                         | ''",
                "Sec-WebSocket-Protocol: superchat          | ''",
                "Sec-WebSocket-Protocol: other              | a subprotocol that was not offered",
                "Sec-WebSocket-Protocol: SuperChat          | a subprotocol that was not offered",
                "Sec-WebSocket-Protocol: chat, superchat    | a subprotocol that was not offered",
                "Sec-WebSocket-Extensions: permessage-deflate | an extension that was not offered",
                "Sec-WebSocket-Extensions:                  | ''",
                "Sec-WebSocket-Accept: twice                | wrong Sec-WebSocket-Accept",
            })
    void answersAreChecked(String extra, String fault) throws Exception { // WS-14
        ResponseHead head = head(GOOD + (extra.isEmpty() ? "" : extra + "\r\n"));
        assertThat(HandshakeCheck.fault(head, KEY, List.of("chat", "superchat"), false)
                        .orElse(""))
                .isEqualTo(fault);
    }

    @Test
    void answersWithoutTheUpgradeFieldsAreRefused() throws Exception {
        assertThat(HandshakeCheck.fault(head(GOOD.replace("Upgrade: WebSocket\r\n", "")), KEY, List.of(), false))
                .isEqualTo(Optional.of("no Upgrade: websocket"));
        assertThat(HandshakeCheck.fault(head(GOOD.replace("upgrade\r\n", "x\r\n")), KEY, List.of(), false))
                .isEqualTo(Optional.of("no Connection: Upgrade"));
        assertThat(HandshakeCheck.fault(head(GOOD), HandshakeKey.next(), List.of(), false))
                .isEqualTo(Optional.of("wrong Sec-WebSocket-Accept"));
    }

    private static ResponseHead head(String lines) throws MalformedAnswerException {
        ResponseHead head = new ResponseHeadParser().parse(ByteBuffer.wrap((lines + "\r\n").getBytes(ISO_8859_1)));
        assertThat(head).isNotNull();
        return head;
    }
}
