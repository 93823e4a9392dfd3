package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalBodyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length    | 5       | hello",
                "Transfer-Encoding | chunked | 3;x=y\\r\\nhel\\r\\n2\\r\\nlo\\r\\n0\\r\\nTrailer: a\\r\\n\\r\\n",
                "X                 | -       | hello",
            })
    void bodiesAreReadWhateverTheCuts(String name, String value, String wire) throws Exception { // WS-14
        byte[] bytes = wire.replace("\\r\\n", "\r\n").getBytes(ISO_8859_1);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(read(name, value, bytes, cut)).isEqualTo("hello");
        }
    }

    private static String read(String name, String value, byte[] bytes, int cut) throws IOException {
        ResponseHead head = new ResponseHead(403, "", List.of(new ResponseHead.Field(name, value)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<ByteBuffer> rest = new ArrayList<>(List.of(ByteBuffer.wrap(bytes, cut, bytes.length - cut)));
        RefusalBody.of(head).copyTo(ByteBuffer.wrap(bytes, 0, cut), () -> rest.isEmpty() ? null : rest.remove(0), out);
        return out.toString(ISO_8859_1);
    }

    @Test
    void bodyThatEndsTooEarlyIsNoWholeOne() {
        assertThatThrownBy(() -> read("Content-Length", "6", "hello".getBytes(ISO_8859_1), 0))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read("Transfer-Encoding", "chunked", "5\r\nhello\r\n".getBytes(ISO_8859_1), 0))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void contradictingAndMalformedLengthsAreRefused() {
        for (String value : List.of("5, 6", "-1", "+5", "5x", "99999999999999999999")) {
            assertThatThrownBy(() -> read("Content-Length", value, new byte[0], 0))
                    .isInstanceOf(MalformedAnswerException.class);
        }
        assertThatThrownBy(() -> read("Transfer-Encoding", "chunked", "zz\r\n".getBytes(ISO_8859_1), 0))
                .isInstanceOf(MalformedAnswerException.class);
    }
}
