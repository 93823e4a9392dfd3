package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {
    @ParameterizedTest
    @CsvSource({ // RFC 6455 §5.7 and the borders of each length form
        "8105,                 true,  1, 5",
        "0103,                 false, 1, 3",
        "8200,                 true,  2, 0",
        "827d,                 true,  2, 125",
        "827e0000,             true,  2, 0", // not minimal, but allowed to a reader
        "827e007e,             true,  2, 126",
        "827effff,             true,  2, 65535",
        "827f0000000000010000, true,  2, 65536",
        "827f7fffffffffffffff, true,  2, 9223372036854775807",
        "8800,                 true,  8, 0",
        "897d,                 true,  9, 125",
        "8a00,                 true,  10, 0",
    })
    void readsHeadersCutAtAnyByte(String hex, boolean isFinal, int opcode, long length) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int cut = 0; cut <= bytes.length; cut++) {
            FrameParser parser = FrameParser.ofServerFrames(0);
            FrameHeader early = parser.parse(ByteBuffer.wrap(bytes, 0, cut));
            FrameHeader header = early == null ? parser.parse(ByteBuffer.wrap(bytes, cut, bytes.length - cut)) : early;
            assertThat(header).isEqualTo(new FrameHeader(isFinal, 0, opcode, false, 0, length));
        }
    }

    @Test
    void readsTheMaskKeyOfClientFrames() throws Exception {
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex("818537fa213d7f9f4d5158"));
        FrameHeader header = FrameParser.ofClientFrames(0).parse(in);
        assertThat(header).isEqualTo(new FrameHeader(true, 0, 1, true, 0x37fa213d, 5));
        ByteBuffer text = ByteBuffer.allocate(5);
        FrameWriter.mask(in, text, 0x37fa213d, 0);
        assertThat(new String(text.array(), UTF_8)).isEqualTo("Hello"); // RFC 6455 §5.7
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c100", // RSV1 without an extension
                "a100",
                "9100",
                "8300",
                "8400",
                "8700",
                "8b00",
                "8f00", // reserved bits and opcodes
                "0900", // fragmented ping
                "887e007e", // control frame of 126 bytes
                "8000", // continuation of nothing
                "8180", // masked by a server
                "827f8000000000000000", // 64-bit length
            })
    void refusesWhatRfc6455Forbids(String hex) {
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(hex + "00000000"));
        assertThatThrownBy(() -> FrameParser.ofServerFrames(0).parse(in))
                .isInstanceOf(WebSocketProtocolException.class)
                .extracting(e -> ((WebSocketProtocolException) e).closeCode())
                .isEqualTo(1002);
    }

    @Test
    void refusesANewMessageInsideAFragmentedOneButTakesControlFrames() throws Exception { // RFC 6455 §5.4
        FrameParser parser = FrameParser.ofServerFrames(0);
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex("0100" + "8900" + "0000" + "8100"));
        assertThat(parser.parse(in)).isNotNull();
        assertThat(parser.parse(in)).isNotNull();
        assertThat(parser.parse(in)).isNotNull();
        assertThatThrownBy(() -> parser.parse(in)).isInstanceOf(WebSocketProtocolException.class);
    }

    @Test
    void refusesUnmaskedClientFramesAndLetsAllowedReservedBitsPass() throws Exception {
        assertThatThrownBy(() -> FrameParser.ofClientFrames(0).parse(ByteBuffer.wrap(new byte[] {(byte) 0x81, 0})))
                .isInstanceOf(WebSocketProtocolException.class);
        FrameHeader header = FrameParser.ofServerFrames(4).parse(ByteBuffer.wrap(new byte[] {(byte) 0xC1, 0}));
        assertThat(header).isNotNull().extracting(FrameHeader::rsv).isEqualTo(4);
    }
}
