package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8ValidatorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "61",
                "c280",
                "dfbf",
                "e0a080",
                "ed9fbf",
                "ee8080",
                "efbfbf",
                "f0908080",
                "f48fbfbf", // good
                "80",
                "bf",
                "c0af",
                "c1bf",
                "e080af",
                "e09fbf",
                "eda080",
                "edbfbf",
                "f08080af",
                "f08fbfbf",
                "f4908080",
                "f5808080",
                "ff",
                "c2",
                "e282",
                "f09f98",
                "c261",
                "e28261",
                "f09f9861", // bad or unfinished
            })
    void agreesWithTheJdkWhateverTheCuts(String hex) { // RFC 3629
        byte[] bytes = HexFormat.of().parseHex("41" + hex);
        boolean expected = isUtf8(bytes);
        for (int cut = 0; cut <= bytes.length; cut++) {
            Utf8Validator validator = new Utf8Validator();
            boolean valid = validator.accept(bytes, 0, cut) && validator.accept(bytes, cut, bytes.length);
            assertThat(valid && validator.isComplete()).as("cut at " + cut).isEqualTo(expected);
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void piecesNeverCutACharacter() throws Exception { // T15
        String text = "aä€\uD83D\uDE00z";
        byte[] bytes = text.getBytes(UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                TextPieces pieces = new TextPieces();
                String joined = pieces.next(ByteBuffer.wrap(bytes, 0, first), false)
                        + pieces.next(ByteBuffer.wrap(bytes, first, second - first), false)
                        + pieces.next(ByteBuffer.wrap(bytes, second, bytes.length - second), true);
                assertThat(joined).isEqualTo(text);
            }
        }
    }

    @Test
    void messageThatEndsInsideACharacterIsRefused() {
        assertThatThrownBy(() -> new TextPieces().next(ByteBuffer.wrap(new byte[] {(byte) 0xC3}), true))
                .extracting(e -> ((WebSocketProtocolException) e).closeCode())
                .isEqualTo(1007); // WS-30
    }
}
