package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * WebSocket frames by hand over a {@link Wire}, as client (masked) or as server. Pings of the gateway are answered by
 * the reading methods. One thread may read while another writes.
 */
public final class WebSocketWire implements Closeable {
    /** The key of RFC 6455 §1.3 and of the seed's example. */
    public static final String SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** One frame, unmasked. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Frame(boolean fin, int opcode, byte[] payload) {
        /** Code of a Close frame; 1005 if it has none. */
        public int closeCode() {
            return payload.length < 2 ? 1005 : ((payload[0] & 0xff) << 8 | (payload[1] & 0xff));
        }

        public String closeReason() {
            return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, UTF_8);
        }

        public String text() {
            return new String(payload, UTF_8);
        }
    }

    private final Wire wire;
    private final Head head;
    private final boolean masks;

    private WebSocketWire(Wire wire, Head head, boolean masks) {
        this.wire = wire;
        this.head = head;
        this.masks = masks;
    }

    /** The handshake a browser sends; further field lines end with CR LF each. */
    public static String handshake(String target, String host, String moreFields) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + SAMPLE_KEY + "\r\nSec-WebSocket-Version: 13\r\n" + moreFields + "\r\n";
    }

    /** Opens a session on a connected wire; fails if the answer is not 101. */
    public static WebSocketWire open(Wire wire, String target, String host, String moreFields) throws IOException {
        wire.write(handshake(target, host, moreFields));
        Head head = wire.readFinalHead();
        if (head.status() != 101) {
            throw new AssertionError("handshake answered: " + head);
        }
        return new WebSocketWire(wire, head, true);
    }

    /** Accepts a session as backend; further field lines end with CR LF each. */
    public static WebSocketWire accept(RecordingBackend.Received request, String moreFields) throws IOException {
        request.wire().write(acceptance(request, moreFields));
        return new WebSocketWire(request.wire(), request.head(), false);
    }

    /** The 101 that fits a request. */
    public static String acceptance(RecordingBackend.Received request, String moreFields) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + acceptFor(request.head().value("Sec-WebSocket-Key")) + "\r\n" + moreFields
                + "\r\n";
    }

    /** Takes over a wire whose handshake was done by hand. */
    public static WebSocketWire server(RecordingBackend.Received request) {
        return new WebSocketWire(request.wire(), request.head(), false);
    }

    /** RFC 6455 §4.2.2 */
    public static String acceptFor(String key) {
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer (client) or request (server) of the handshake. */
    public Head head() {
        return head;
    }

    public Wire wire() {
        return wire;
    }

    public void sendText(String text) throws IOException {
        send(true, TEXT, text.getBytes(UTF_8));
    }

    public void sendClose(int code, String reason) throws IOException {
        byte[] text = reason.getBytes(UTF_8);
        send(
                true,
                CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    public void send(boolean fin, int opcode, byte[] payload) throws IOException {
        wire.write(encode(fin, opcode, payload, masks));
    }

    /** The bytes of one frame, RFC 6455 §5.2. */
    public static byte[] encode(boolean fin, int opcode, byte[] payload, boolean masked) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) ((fin ? 0x80 : 0) | opcode));
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            frame.put((byte) (mask | payload.length));
        } else if (payload.length < 65536) {
            frame.put((byte) (mask | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (mask | 127)).putLong(payload.length);
        }
        if (masked) {
            byte[] key = new byte[4];
            ThreadLocalRandom.current().nextBytes(key);
            frame.put(key);
            for (int i = 0; i < payload.length; i++) {
                frame.put((byte) (payload[i] ^ key[i & 3]));
            }
        } else {
            frame.put(payload);
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /** Reads one frame, whatever it is. */
    public Frame readFrame() throws IOException {
        int first = wire.read();
        int second = wire.read();
        if ((second & 0x80) != 0 == masks) {
            throw new AssertionError("frame is " + (masks ? "" : "not ") + "masked, RFC 6455 §5.1");
        }
        byte[] key = (second & 0x80) != 0 ? null : new byte[4];
        int length = second & 0x7f;
        if (length == 126) {
            length = wire.read() << 8 | wire.read();
        } else if (length == 127) {
            length = Math.toIntExact(ByteBuffer.wrap(wire.readBytes(8)).getLong());
        }
        key = key == null ? wire.readBytes(4) : key;
        byte[] payload = wire.readBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i & 3];
        }
        return new Frame((first & 0x80) != 0, first & 0x0f, payload);
    }

    /** Reads a whole message or a Close, joining fragments; pings are answered, pongs skipped. */
    public Frame readMessage() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int opcode = CONTINUATION;
        while (true) {
            Frame frame = readData();
            if (frame.opcode() == CLOSE) {
                return frame;
            }
            if ((frame.opcode() == CONTINUATION) == (opcode == CONTINUATION)) {
                throw new AssertionError("fragments out of order, RFC 6455 §5.4: " + frame.opcode());
            }
            opcode = frame.opcode() == CONTINUATION ? opcode : frame.opcode();
            whole.write(frame.payload());
            if (frame.fin()) {
                return new Frame(true, opcode, whole.toByteArray());
            }
        }
    }

    /** Reads the next data frame or Close; pings are answered, pongs skipped. */
    public Frame readData() throws IOException {
        Frame frame = readFrame();
        while (frame.opcode() == PING || frame.opcode() == PONG) {
            if (frame.opcode() == PING) {
                send(true, PONG, frame.payload());
            }
            frame = readFrame();
        }
        return frame;
    }

    /** Reads until a Close arrives and answers it. */
    public Frame readClose() throws IOException {
        Frame frame = readMessage();
        if (frame.opcode() != CLOSE) {
            throw new AssertionError("expected a Close, got opcode " + frame.opcode());
        }
        send(true, CLOSE, frame.payload().length < 2 ? new byte[0] : java.util.Arrays.copyOf(frame.payload(), 2));
        return frame;
    }

    /** Sends every message back until a Close, which is answered. */
    public void echo() throws IOException {
        for (Frame frame = readFrame(); ; frame = readFrame()) {
            switch (frame.opcode()) {
                case CLOSE -> {
                    send(true, CLOSE, frame.payload());
                    wire.close();
                    return;
                }
                case PING -> send(true, PONG, frame.payload());
                case PONG -> {}
                default -> send(frame.fin(), frame.opcode(), frame.payload());
            }
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
