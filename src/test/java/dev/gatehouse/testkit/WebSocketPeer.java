package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One end of a WebSocket connection on a raw socket, which repairs nothing and answers nothing by itself. Confined to
 * the test's thread, but that one thread may read while another writes.
 */
public final class WebSocketPeer implements AutoCloseable {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int WAIT_MILLIS = 10_000;

    private final Socket socket;
    private final boolean masks;
    private final DataInputStream in;
    private final OutputStream out;

    /** A frame as it was on the wire, unmasked. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Frame(boolean isFinal, int opcode, byte[] payload) {
        public String text() {
            return new String(payload, UTF_8);
        }

        public int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }

        public String closeReason() {
            return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, UTF_8);
        }
    }

    /** First line and fields of a message. */
    public record Head(String line, List<String> fields) {
        public Optional<String> field(String name) {
            return fields(name).stream().findFirst();
        }

        public List<String> fields(String name) {
            List<String> values = new ArrayList<>();
            for (String field : fields) {
                int colon = field.indexOf(':');
                if (field.substring(0, colon).equalsIgnoreCase(name)) {
                    values.add(field.substring(colon + 1).strip());
                }
            }
            return values;
        }

        public int status() {
            return Integer.parseInt(line.substring(9, 12));
        }
    }

    /** Takes over a connected socket; a client's side masks. */
    public WebSocketPeer(Socket socket, boolean masks) throws IOException {
        this.socket = socket;
        this.masks = masks;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(WAIT_MILLIS);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
        this.out = socket.getOutputStream();
    }

    /** Reads a request's or answer's head. */
    public Head readHead() throws IOException {
        String line = readLine();
        List<String> fields = new ArrayList<>();
        String next = readLine();
        while (!next.isEmpty()) {
            fields.add(next);
            next = readLine();
        }
        return new Head(line, fields);
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("ended inside a head");
            }
            line.write(c);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    /** Answers a handshake with 101, as RFC 6455 says, and more fields. */
    public void accept(Head request, String... fields) throws IOException {
        StringBuilder answer = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n")
                .append("Upgrade: websocket\r\nConnection: Upgrade\r\n")
                .append("Sec-WebSocket-Accept: ")
                .append(acceptFor(request.field("Sec-WebSocket-Key").orElseThrow()))
                .append("\r\n");
        for (String field : fields) {
            answer.append(field).append("\r\n");
        }
        write(answer.append("\r\n").toString());
    }

    public static String acceptFor(String key) {
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public void write(String text) throws IOException {
        write(text.getBytes(ISO_8859_1));
    }

    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    public void text(String text) throws IOException {
        frame(true, TEXT, text.getBytes(UTF_8));
    }

    public void binary(byte[] bytes) throws IOException {
        frame(true, BINARY, bytes);
    }

    public void close(int code, String reason) throws IOException {
        byte[] text = reason.getBytes(UTF_8);
        frame(
                true,
                CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    /** Sends any frame, allowed or not. */
    public void frame(boolean isFinal, int opcode, byte[] payload) throws IOException {
        write(encode(isFinal, opcode, payload));
    }

    /** A frame's bytes, to send several in one write. */
    public byte[] encode(boolean isFinal, int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
        frame.put((byte) ((isFinal ? 0x80 : 0) | opcode));
        int mask = masks ? 0x80 : 0;
        if (payload.length < 126) {
            frame.put((byte) (mask | payload.length));
        } else if (payload.length < 65536) {
            frame.put((byte) (mask | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (mask | 127)).putLong(payload.length);
        }
        byte[] key = {11, 22, 33, 44};
        if (masks) {
            frame.put(key);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (masks ? payload[i] ^ key[i & 3] : payload[i]));
        }
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** Reads a frame. */
    public Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        long length = second & 0x7F;
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        byte[] key = new byte[4];
        if ((second & 0x80) != 0) {
            in.readFully(key);
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        for (int i = 0; i < payload.length && (second & 0x80) != 0; i++) {
            payload[i] ^= key[i & 3];
        }
        return new Frame((first & 0x80) != 0, first & 15, payload);
    }

    /** Reads a whole message, fragments joined; control frames in between are an error. */
    public Frame readMessage() throws IOException {
        Frame frame = read();
        if (frame.isFinal()) {
            return frame;
        }
        int opcode = frame.opcode();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            all.write(frame.payload());
            if (frame.isFinal()) {
                return new Frame(true, opcode, all.toByteArray());
            }
            frame = read();
            if (frame.opcode() != CONTINUATION) {
                throw new IOException("opcode " + frame.opcode() + " inside a message");
            }
        }
    }

    /** Reads exactly as many bytes. */
    public byte[] readBytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }

    /** Reads bytes that need not be frames; -1 at the end. */
    public int readRaw() throws IOException {
        return in.read();
    }

    /** Everything up to the end of the connection; a reset counts as the end. */
    public byte[] readToEnd() throws IOException {
        return in.readAllBytes();
    }

    /** Resets the connection: no goodbye on any layer. */
    public void drop() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
