package dev.gatehouse.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWriterTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 125, 126, 65535, 65536, 1L << 40})
    void headersReadBackAsWritten(long length) throws Exception {
        ByteBuffer out = ByteBuffer.allocate(FrameHeader.MAX_BYTES);
        FrameWriter.writeMaskedHeader(out, true, FrameHeader.BINARY, length, 0x01020304);
        assertThat(FrameParser.ofClientFrames(0).parse(out.flip()))
                .isEqualTo(new FrameHeader(true, 0, FrameHeader.BINARY, true, 0x01020304, length));
        out.clear();
        FrameWriter.writeHeader(out, false, FrameHeader.TEXT, length);
        assertThat(FrameParser.ofServerFrames(0).parse(out.flip()))
                .isEqualTo(new FrameHeader(false, 0, FrameHeader.TEXT, false, 0, length));
    }

    @Test
    void maskingIsTheRfcsWhateverTheCuts() {
        Random random = new Random(7);
        byte[] plain = new byte[67];
        random.nextBytes(plain);
        int key = 0xA1B2C3D4;
        byte[] expected = new byte[plain.length];
        for (int i = 0; i < plain.length; i++) { // RFC 6455 §5.3, word for word
            expected[i] = (byte) (plain[i] ^ (key >>> (24 - 8 * (i % 4))));
        }
        for (int cut = 0; cut <= plain.length; cut++) {
            ByteBuffer out = ByteBuffer.allocate(plain.length);
            int done = FrameWriter.mask(ByteBuffer.wrap(plain, 0, cut), out, key, 0);
            FrameWriter.mask(ByteBuffer.wrap(plain, cut, plain.length - cut), out, key, done);
            assertThat(out.array()).isEqualTo(expected);
        }
    }

    @Test
    void maskKeysDoNotRepeat() {
        MaskKeys keys = new MaskKeys();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            seen.add(keys.next());
        }
        assertThat(seen).hasSizeGreaterThan(990);
    }
}
