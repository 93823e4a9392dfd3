package dev.gatehouse.bench;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The backend of the benchmark, one selector loop: {@code GET /bytes/N} answers N bytes, {@code POST /sink/N} takes N
 * bytes, a WebSocket handshake on any path gets an echo, and anything else (the probe's {@code GET /}) gets 200.
 * Started as a process of its own; prints its port, ends with SIGTERM.
 */
public final class Backend {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES * 2);
    private final BackendAnswers answers = new BackendAnswers();

    private Backend() throws IOException {
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(Tools.loopback(0), 4096);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Serves until the process ends.
     *
     * @param args none
     * @throws IOException if no port can be bound or the selector fails
     */
    public static void main(String[] args) throws IOException {
        Backend backend = new Backend();
        System.out.println(backend.server.socket().getLocalPort());
        while (true) {
            backend.selector.select(backend::serve);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else {
                exchange(key);
            }
        } catch (IOException e) {
            // A proxy that drops a connection is the load generator's to count: it misses an answer.
            close(key);
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) {
            return;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ).attach(new BackendConnection(answers));
    }

    private void exchange(SelectionKey key) throws IOException {
        BackendConnection connection = (BackendConnection) key.attachment();
        if (key.isWritable() && !connection.flush(key)) {
            return;
        }
        in.clear();
        int count = ((SocketChannel) key.channel()).read(in);
        if (count < 0) {
            close(key);
        } else if (count > 0) {
            connection.read(in.flip(), out.clear(), key);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new AssertionError("closing a loopback socket failed", e);
        }
    }
}
