package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compression of messages by RFC 7692 (WS-41). */
class DeflateTest {
    private final ZlibPools pools = new ZlibPools(new BufferPool());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "permessage-deflate|false|false",
                "Permessage-Deflate|false|false",
                "permessage-deflate; server_no_context_takeover|true|true",
                "permessage-deflate; client_no_context_takeover|false|true",
                "permessage-deflate;server_no_context_takeover ;client_no_context_takeover|true|true",
                "permessage-deflate; server_max_window_bits=9|false|false",
                "permessage-deflate; server_max_window_bits=\"15\"|false|false",
            })
    void answersThatFitOurOffer(String answer, boolean backendForgets, boolean weForget) throws Exception {
        assertThat(DeflateTerms.of(head(answer))).contains(new DeflateTerms(backendForgets, weForget));
    }

    @ParameterizedTest // RFC 7692 §7.1: each of them fails the connection
    @ValueSource(
            strings = {
                "x-webkit-deflate-frame",
                "permessage-deflate2",
                "permessage-deflate, permessage-deflate",
                "permessage-deflate; client_max_window_bits=15",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=09",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; unknown",
                "permessage-deflate;",
                "permessage-deflate; server_max_window_bits=\"9",
            })
    void answersThatDoNot(String answer) throws Exception {
        assertThat(DeflateTerms.isExtended(head(answer))).isTrue();
        assertThat(DeflateTerms.of(head(answer))).isEmpty();
    }

    private static ResponseHead head(String extensions) throws IOException {
        String head = "HTTP/1.1 101 x\r\nSec-WebSocket-Extensions: " + extensions + "\r\n\r\n";
        ResponseHead parsed = new ResponseHeadParser().parse(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
        assertThat(parsed).isNotNull();
        return parsed;
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, true"})
    void whatIsCompressedComesBackWhateverTheCuts(boolean forgets, boolean weForget) throws Exception {
        DeflateTerms terms = new DeflateTerms(forgets, weForget);
        MessageDeflater deflater = pools.deflater(terms);
        MessageInflater inflater = pools.inflater(new DeflateTerms(weForget, weForget)); // the other end's view
        Random random = new Random(7692);
        for (int i = 0; i < 200; i++) {
            byte[] message = message(random, i);
            byte[] sent = deflate(deflater, message, random);
            assertThat(inflate(inflater, sent, random)).isEqualTo(message);
        }
        assertThat(pools.heldStreams()).isEqualTo(weForget ? 0 : 2);
        deflater.release();
        inflater.release();
        assertThat(pools.heldStreams()).isZero();
    }

    private static byte[] message(Random random, int i) {
        byte[] message = new byte[i % 5 == 0 ? random.nextInt(3) : random.nextInt(200_000)];
        if (i % 2 == 0) {
            random.nextBytes(message); // grows when it is compressed
        }
        return message;
    }

    private static byte[] deflate(MessageDeflater deflater, byte[] message, Random random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(message);
        boolean isLast = false;
        while (!isLast) {
            ByteBuffer piece = piece(in, random);
            isLast = !in.hasRemaining() && random.nextInt(3) > 0; // the last piece may be empty
            boolean last = isLast;
            deflater.accept(piece, last, (part, end) -> {
                assertThat(end && !last).isFalse();
                write(part, out);
            });
        }
        return out.toByteArray();
    }

    private static byte[] inflate(MessageInflater inflater, byte[] sent, Random random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(sent);
        do {
            inflater.accept(piece(in, random), !in.hasRemaining(), (part, end) -> write(part, out));
        } while (in.hasRemaining());
        return out.toByteArray();
    }

    private static ByteBuffer piece(ByteBuffer in, Random random) {
        int length = Math.min(in.remaining(), 1 + random.nextInt(40_000));
        ByteBuffer piece = in.slice(in.position(), length);
        in.position(in.position() + length);
        return piece;
    }

    private static void write(ByteBuffer part, ByteArrayOutputStream out) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        out.writeBytes(bytes);
    }

    @Test
    void senderMayEndItsStreamWithinAMessage() throws Exception { // RFC 7692 §7.2.3.4 and §7.2.3.5
        MessageInflater inflater = pools.inflater(new DeflateTerms(false, false));
        byte[] rfcExample = HexFormat.ofDelimiter(" ").parseHex("f3 48 cd c9 c9 07 00 00");
        for (int i = 0; i < 3; i++) {
            assertThat(new String(inflate(inflater, rfcExample, new Random(i)), UTF_8))
                    .isEqualTo("Hello");
        }
        inflater.release();
        assertThat(pools.heldStreams()).isZero();
    }

    @Test
    void examplesOfTheRfc() throws Exception { // §7.2.3.1, §7.2.3.2, §7.2.3.3, §7.2.3.6
        MessageInflater inflater = pools.inflater(new DeflateTerms(false, false));
        Random random = new Random(1);
        assertThat(inflate(inflater, HexFormat.ofDelimiter(" ").parseHex("f2 48 cd c9 c9 07 00"), random))
                .isEqualTo("Hello".getBytes(UTF_8));
        assertThat(inflate(inflater, HexFormat.ofDelimiter(" ").parseHex("f2 00 11 00 00"), random))
                .isEqualTo("Hello".getBytes(UTF_8));
        assertThat(inflate(inflater, HexFormat.ofDelimiter(" ").parseHex("00 05 00 fa ff 48 65 6c 6c 6f 00"), random))
                .isEqualTo("Hello".getBytes(UTF_8));
        assertThat(inflate(inflater, HexFormat.ofDelimiter(" ").parseHex("00"), random))
                .isEmpty();
        inflater.release();
    }

    @Test
    void whatIsNotCompressedIsRefusedAndHeldNoLonger() {
        MessageInflater inflater = pools.inflater(new DeflateTerms(false, false));
        ByteBuffer garbage = ByteBuffer.wrap("this was never compressed".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> inflater.accept(garbage, true, (part, end) -> {}))
                .isInstanceOf(WebSocketProtocolException.class)
                .extracting(e -> ((WebSocketProtocolException) e).closeCode())
                .isEqualTo(1007);
        assertThat(pools.heldStreams()).isZero();
    }

    @Test
    void whoIsReleasedWhileAtWorkGivesBackAtItsEnd() throws Exception {
        MessageDeflater deflater = pools.deflater(new DeflateTerms(false, false));
        deflater.accept(ByteBuffer.wrap(new byte[100]), false, (part, end) -> {
            deflater.release();
            assertThat(pools.heldStreams()).isEqualTo(1);
        });
        assertThat(pools.heldStreams()).isZero();
        assertThatThrownBy(() -> deflater.accept(ByteBuffer.allocate(1), true, (part, end) -> {}))
                .isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void bombsComeInPiecesAndEndAtTheLimit() throws Exception { // WS-32: the limit is of what is decompressed
        byte[] bomb = new byte[50_000_000];
        Deflater zlib = new Deflater(9, true);
        zlib.setInput(bomb);
        byte[] small = new byte[100_000];
        int length = zlib.deflate(small, 0, small.length, Deflater.SYNC_FLUSH);
        zlib.end();
        ByteBuffer frame = ByteBuffer.allocate(length + 14);
        frame.put((byte) 0xC2)
                .put((byte) 127)
                .putLong(length)
                .put(small, 0, length)
                .flip();
        FrameReader reader = new FrameReader(1_000_000, pools.inflater(new DeflateTerms(false, false)));
        long[] seen = new long[2];
        FrameReader.Sink sink = new FrameReader.Sink() {
            @Override
            public void data(int type, ByteBuffer payload, boolean isFirst, boolean isLast) {
                seen[0] += payload.remaining();
                seen[1] = Math.max(seen[1], payload.remaining());
            }

            @Override
            public void control(int opcode, ByteBuffer payload) {
                throw new AssertionError("no control frame was sent");
            }
        };
        assertThatThrownBy(() -> reader.accept(frame, sink))
                .extracting(e -> ((WebSocketProtocolException) e).closeCode())
                .isEqualTo(1009);
        assertThat(seen[0]).isLessThanOrEqualTo(1_000_000);
        assertThat(seen[1]).isLessThanOrEqualTo(64 * 1024);
        reader.release();
        assertThat(pools.heldStreams()).isZero();
    }
}
