package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One HTTP/2 connection spoken by hand (RFC 9113), fields as literals, so that a test can send what no client would. */
final class Http2Wire implements Closeable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int MAX_FRAME = 16_384;
    private static final Pattern STATUS = Pattern.compile("<title>(\\d{3}) ");

    private final SSLSocket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int nextStream = 1;

    Http2Wire(int port) throws Exception {
        this(port, "127.0.0.1", RawClient.trustAll());
    }

    /** The same as a client of one's own that asks for a name. */
    Http2Wire(int port, String serverName, SSLContext context) throws Exception {
        Socket plain = RawClient.open(port);
        socket = (SSLSocket) context.getSocketFactory().createSocket(plain, serverName, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    String protocol() {
        return socket.getApplicationProtocol();
    }

    Http2Wire begin() throws IOException {
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        frame(SETTINGS, 0, 0, new byte[0]);
        return this;
    }

    /** Sends a request without body; its stream is returned. */
    int request(String... namesAndValues) throws IOException {
        return request(END_STREAM, namesAndValues);
    }

    /** Sends a request with a body in one frame. */
    int requestWithBody(String body, String... namesAndValues) throws IOException {
        int stream = request(0, namesAndValues);
        frame(DATA, END_STREAM, stream, body.getBytes(ISO_8859_1));
        return stream;
    }

    private int request(int flags, String... namesAndValues) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0); // literal without indexing, new name (RFC 7541 §6.2.2)
            literal(block, namesAndValues[i]);
            literal(block, namesAndValues[i + 1]);
        }
        int stream = nextStream;
        nextStream += 2;
        headers(stream, flags, block.toByteArray());
        return stream;
    }

    private void headers(int stream, int flags, byte[] block) throws IOException {
        int type = HEADERS;
        int first = flags;
        for (int at = 0; at == 0 || at < block.length; at += MAX_FRAME) {
            int length = Math.min(MAX_FRAME, block.length - at);
            byte[] part = java.util.Arrays.copyOfRange(block, at, at + length);
            frame(type, first | (at + length == block.length ? END_HEADERS : 0), stream, part);
            type = 9; // CONTINUATION
            first = 0;
        }
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        int length = text.length();
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127); // RFC 7541 §5.1
            int rest = length - 127;
            while (rest >= 128) {
                block.write(rest % 128 + 128);
                rest /= 128;
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(ISO_8859_1));
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        frame.write(stream >> 24);
        frame.write(stream >> 16);
        frame.write(stream >> 8);
        frame.write(stream);
        frame.writeBytes(payload);
        out.write(frame.toByteArray());
        out.flush();
    }

    /** What comes until so many streams have ended: a page's status, "reset" with its code (RFC 9113 §7), "goaway". */
    List<String> outcomes(int streams) throws IOException {
        List<String> all = new ArrayList<>();
        for (int ended = 0; ended < streams; ) {
            ended += readFrame(all) ? 1 : 0;
        }
        return all;
    }

    /** The same until the server ends the connection. */
    List<String> rest() throws IOException {
        List<String> all = new ArrayList<>();
        try {
            while (true) {
                readFrame(all);
            }
        } catch (EOFException e) {
            return all;
        }
    }

    // Whether it ended a stream.
    private boolean readFrame(List<String> outcomes) throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        switch (type) {
            case DATA -> {
                Matcher status = STATUS.matcher(new String(payload, ISO_8859_1));
                if (status.find()) {
                    outcomes.add(status.group(1));
                }
            }
            case RST_STREAM -> outcomes.add("reset " + payload[3]);
            case GOAWAY -> outcomes.add("goaway");
            case SETTINGS -> {
                if ((flags & 1) == 0) {
                    frame(SETTINGS, 1, 0, new byte[0]);
                }
            }
            default -> {} // the rest is bookkeeping
        }
        return type == RST_STREAM || ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
