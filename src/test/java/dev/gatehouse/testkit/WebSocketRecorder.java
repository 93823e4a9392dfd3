package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/** A WebSocket client on a raw socket, with the answer's head at hand. */
public final class WebSocketRecorder implements AutoCloseable {
    /** The key of RFC 6455 §1.3. */
    public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final WebSocketPeer peer;
    private final WebSocketPeer.Head answer;

    private WebSocketRecorder(WebSocketPeer peer, WebSocketPeer.Head answer) {
        this.peer = peer;
        this.answer = answer;
    }

    /** Sends a handshake and reads the answer's head, whatever it is. */
    public static WebSocketRecorder ask(int port, String target, String... fields) throws IOException {
        return ask(new Socket(InetAddress.getLoopbackAddress(), port), target, fields);
    }

    /** As {@link #ask(int, String, String...)} over a socket that is connected. */
    public static WebSocketRecorder ask(Socket socket, String target, String... fields) throws IOException {
        WebSocketPeer peer = new WebSocketPeer(socket, true);
        StringBuilder head = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
        add(head, fields, "Host", "www.example.com:" + socket.getPort());
        add(head, fields, "Upgrade", "websocket");
        add(head, fields, "Connection", "Upgrade");
        add(head, fields, "Sec-WebSocket-Version", "13");
        add(head, fields, "Sec-WebSocket-Key", KEY);
        for (String field : fields) {
            if (!field.endsWith(":")) { // a name alone leaves the field out
                head.append(field).append("\r\n");
            }
        }
        peer.write(head.append("\r\n").toString());
        return new WebSocketRecorder(peer, peer.readHead());
    }

    private static void add(StringBuilder head, String[] fields, String name, String value) {
        String prefix = name + ":";
        if (Arrays.stream(fields).noneMatch(field -> field.regionMatches(true, 0, prefix, 0, prefix.length()))) {
            head.append(name).append(": ").append(value).append("\r\n");
        }
    }

    /** Opens a session. */
    public static WebSocketRecorder open(int port, String target, String... fields) throws IOException {
        WebSocketRecorder recorder = ask(port, target, fields);
        assertThat(recorder.answer.status()).isEqualTo(101);
        assertThat(recorder.answer.field("Sec-WebSocket-Accept")).contains(WebSocketPeer.acceptFor(KEY));
        return recorder;
    }

    public WebSocketPeer.Head answer() {
        return answer;
    }

    public WebSocketPeer peer() {
        return peer;
    }

    /** Reads a Close, answers it and sees the connection end. */
    public WebSocketPeer.Frame expectClose() throws IOException {
        WebSocketPeer.Frame close = peer.readMessage();
        assertThat(close.opcode()).isEqualTo(WebSocketPeer.CLOSE);
        peer.frame(true, WebSocketPeer.CLOSE, Arrays.copyOf(close.payload(), Math.min(2, close.payload().length)));
        assertExhausted();
        return close;
    }

    /** The connection ends and nothing more arrives. */
    public void assertExhausted() throws IOException {
        assertThat(peer.readToEnd()).isEmpty();
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
