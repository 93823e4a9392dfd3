package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/**
 * A backend that does what its script says, however ugly, and records what it was asked. Each connection has a thread.
 */
public final class WebSocketBackend implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final BlockingQueue<WebSocketPeer.Head> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final BlockingQueue<WebSocketPeer> connections = new LinkedBlockingQueue<>();

    /** What happens on a connection after the request's head was read. */
    @FunctionalInterface
    public interface Script {
        void play(WebSocketPeer peer, WebSocketPeer.Head request) throws Exception;
    }

    private WebSocketBackend(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
        start("accept", this::accept);
    }

    /** Starts a backend on a free port of 127.0.0.1. */
    public static WebSocketBackend start(Script script) {
        return start(ServerSocketFactory.getDefault(), script);
    }

    /** Starts a backend whose sockets a factory makes, for TLS. */
    public static WebSocketBackend start(ServerSocketFactory factory, Script script) {
        try {
            return new WebSocketBackend(factory.createServerSocket(0, 500, InetAddress.getLoopbackAddress()), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts and sends every message back, frame by frame; answers pings and closes. */
    public static WebSocketBackend echo() {
        return start((peer, request) -> {
            peer.accept(request);
            echo(peer);
        });
    }

    /** Sends every frame back until a Close was answered. */
    public static void echo(WebSocketPeer peer) throws IOException {
        boolean open = true;
        while (open) {
            WebSocketPeer.Frame frame = peer.read();
            int opcode = frame.opcode() == WebSocketPeer.PING ? WebSocketPeer.PONG : frame.opcode();
            if (opcode != WebSocketPeer.PONG || frame.opcode() == WebSocketPeer.PING) {
                peer.frame(frame.isFinal(), opcode, frame.payload());
            }
            open = frame.opcode() != WebSocketPeer.CLOSE;
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, "test-backend-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                start("connection", () -> serve(socket));
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                failures.add(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            WebSocketPeer peer = new WebSocketPeer(socket, false);
            connections.add(peer);
            WebSocketPeer.Head request = peer.readHead();
            requests.add(request);
            script.play(peer, request);
        } catch (Exception | AssertionError e) {
            failures.add(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The next request's head; waits at most 5 s. */
    public WebSocketPeer.Head request() throws InterruptedException {
        WebSocketPeer.Head head = requests.poll(5, TimeUnit.SECONDS);
        if (head == null) {
            throw new AssertionError("no request came; failures: " + failures);
        }
        return head;
    }

    /** How many requests came that no one took. */
    public int untakenRequests() {
        return requests.size();
    }

    /** What scripts threw. */
    public BlockingQueue<Throwable> failures() {
        return failures;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (WebSocketPeer peer : connections) {
            peer.socket().close();
        }
    }
}
