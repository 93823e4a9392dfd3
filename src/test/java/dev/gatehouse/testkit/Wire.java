package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One TCP connection spoken by hand, so that a test sends what a client library would repair and sees what it would
 * hide. Every read has a time limit. Reading and writing may happen on two threads.
 */
public final class Wire implements Closeable {
    private static final int READ_LIMIT_MILLIS = 15_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    public Wire(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        this.out = socket.getOutputStream();
    }

    public static Wire connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), READ_LIMIT_MILLIS);
        return new Wire(socket);
    }

    /** Connects with TLS, trusting every certificate. */
    public static Wire connectTls(int port, String serverName) throws IOException {
        return connectTls(port, serverName, TrustAll.context());
    }

    /** The same as a client of one's own. */
    public static Wire connectTls(int port, String serverName, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), READ_LIMIT_MILLIS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        socket.startHandshake();
        return new Wire(socket);
    }

    /** Sends text, one byte for each character. */
    public Wire write(String latin1) throws IOException {
        return write(latin1.getBytes(ISO_8859_1));
    }

    public Wire write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    public Wire writeChunk(String latin1) throws IOException {
        return write(Integer.toHexString(latin1.length()) + "\r\n" + latin1 + "\r\n");
    }

    /** Reads start line and fields. */
    public Head readHead() throws IOException {
        String startLine = readLine();
        List<Head.Field> fields = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            fields.add(new Head.Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Head(startLine, fields);
    }

    /** Reads the head of a final answer, past any 1xx but 101. */
    public Head readFinalHead() throws IOException {
        Head head = readHead();
        while (head.status() / 100 == 1 && head.status() != 101) {
            head = readHead();
        }
        return head;
    }

    /** Reads the body of a request. An end before the announced one is an {@link EOFException}. */
    public byte[] readRequestBody(Head head) throws IOException {
        if (head.isChunked()) {
            return readChunks();
        }
        return head.has("Content-Length") ? readBytes(Integer.parseInt(head.value("Content-Length"))) : new byte[0];
    }

    /** Reads the body of an answer. An end before the announced one is an {@link EOFException}. */
    public byte[] readAnswerBody(Head head, String method) throws IOException {
        int status = head.status();
        if (method.equals("HEAD") || status / 100 == 1 || status == 204 || status == 304) {
            return new byte[0];
        }
        if (head.isChunked() || head.has("Content-Length")) {
            return readRequestBody(head);
        }
        return in.readAllBytes();
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
            body.write(chunk);
        }
        return body.toByteArray();
    }

    /** Reads one chunk; the empty one is the last, and its trailers are skipped. */
    public byte[] readChunk() throws IOException {
        String size = readLine();
        byte[] chunk = readBytes(Integer.parseInt(size.split(";", 2)[0].strip(), 16));
        String line = readLine();
        while (chunk.length == 0 && !line.isEmpty()) {
            line = readLine();
        }
        return chunk;
    }

    public byte[] readBytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("connection ended after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    public int read() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("connection ended");
        }
        return next;
    }

    /** Reads a line; its end is CR LF. */
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = read(); next != '\n'; next = read()) {
            line.write(next);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Whether the next bytes are these; they stay to be read. */
    public boolean isNext(String latin1) throws IOException {
        in.mark(latin1.length());
        String next = new String(in.readNBytes(latin1.length()), ISO_8859_1);
        in.reset();
        return next.equals(latin1);
    }

    /** Waits for the peer to end the connection, skipping what still comes; false if it stays open for so long. */
    public boolean endsWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return in.skip(Long.MAX_VALUE) >= 0 && in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        } finally {
            if (!socket.isClosed()) {
                socket.setSoTimeout(READ_LIMIT_MILLIS);
            }
        }
    }

    /** Whether nothing arrives for so long. */
    public boolean isQuietFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        in.mark(1);
        try {
            int next = in.read();
            in.reset();
            return next == Integer.MIN_VALUE;
        } catch (java.net.SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(READ_LIMIT_MILLIS);
        }
    }

    /** Sends no more; answers can still be read. */
    public void end() throws IOException {
        socket.shutdownOutput();
    }

    /** Limits one read from now on. */
    public Wire readLimit(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    /** Ends the connection with a reset, as a process that dies with data unread. */
    public void reset() throws IOException {
        if (!(socket instanceof SSLSocket) && !socket.isClosed()) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Whether this side closed it, as a backend does when the other side ended. */
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
