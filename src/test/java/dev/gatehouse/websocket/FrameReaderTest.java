package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final List<String> events = new ArrayList<>();
    private final FrameReader.Sink sink = new FrameReader.Sink() {
        @Override
        public void data(int type, ByteBuffer payload, boolean isFirst, boolean isLast) {
            events.add(type + (isFirst ? " first" : "") + (isLast ? " last" : "") + " " + UTF_8.decode(payload));
        }

        @Override
        public void control(int opcode, ByteBuffer payload) {
            events.add("control " + opcode + " " + UTF_8.decode(payload));
        }
    };

    @Test
    void shortFramesComeWholeWhateverTheCuts() throws Exception { // WS-30, WS-31
        ByteBuffer out = ByteBuffer.allocate(1000);
        frame(out, true, 1, "one");
        frame(out, false, 2, "tw");
        frame(out, true, 9, "ping");
        frame(out, false, 0, "");
        frame(out, true, 0, "o");
        frame(out, true, 2, "");
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        for (int cut = 0; cut <= bytes.length; cut++) {
            events.clear();
            FrameReader reader = new FrameReader(0);
            reader.accept(ByteBuffer.wrap(bytes, 0, cut), sink);
            reader.accept(ByteBuffer.wrap(bytes, cut, bytes.length - cut), sink);
            assertThat(events)
                    .containsExactly("1 first last one", "2 first tw", "control 9 ping", "2 last o", "2 first last ");
        }
    }

    @Test
    void longFramesComeInPieces() throws Exception { // WS-31: never held whole
        ByteBuffer head = ByteBuffer.allocate(14);
        FrameWriter.writeHeader(head, true, 2, FrameReader.WHOLE_BYTES + 2L);
        FrameReader reader = new FrameReader(0);
        reader.accept(head.flip(), sink);
        reader.accept(ByteBuffer.wrap("a".getBytes(UTF_8)), sink);
        reader.accept(ByteBuffer.wrap("b".getBytes(UTF_8)), sink);
        reader.accept(ByteBuffer.wrap(new byte[FrameReader.WHOLE_BYTES]), sink);
        assertThat(events.get(0)).isEqualTo("2 first a");
        assertThat(events.get(1)).isEqualTo("2 b");
        assertThat(events.get(2)).startsWith("2 last ");
    }

    @Test
    void messagesOverTheLimitAreRefusedAtTheFirstFrameThatPassesIt() throws Exception { // WS-32
        ByteBuffer out = ByteBuffer.allocate(100);
        frame(out, false, 2, "1234");
        frame(out, true, 0, "5");
        FrameReader reader = new FrameReader(4);
        assertThatThrownBy(() -> reader.accept(out.flip(), sink))
                .extracting(e -> ((WebSocketProtocolException) e).closeCode())
                .isEqualTo(1009);
    }

    private static void frame(ByteBuffer out, boolean isFinal, int opcode, String text) {
        FrameWriter.writeHeader(out, isFinal, opcode, text.length());
        out.put(text.getBytes(UTF_8));
    }
}
