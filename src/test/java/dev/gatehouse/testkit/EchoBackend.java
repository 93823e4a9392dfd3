package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend for load: echoes on WebSocket sessions, answers every other request with its own name, keeps connections.
 * A request for {@code /probe} is answered with what {@link #probesGet} says. Each connection has a thread.
 */
public final class EchoBackend implements AutoCloseable {
    private final ServerSocket server;
    private final String name;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile int probeStatus = 200;

    /** Starts one on an address and port; port 0 is any. */
    public EchoBackend(String name, String address, int port) throws IOException {
        this.name = name;
        server = new ServerSocket(port, 2_000, InetAddress.getByName(address));
        Thread thread = new Thread(this::accept, "test-echo-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** As a process of its own, which can be killed: prints its port. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        try (EchoBackend backend = new EchoBackend(arguments[0], "127.0.0.1", port)) {
            System.out.println(backend.port());
            Thread.currentThread().join();
        }
    }

    /** Starts it as a process; the first line of its output is its port. */
    public static Process start(String name, int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoBackend.class.getName(),
                        name,
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Sets what probes are told from now on. */
    public void probesGet(int status) {
        probeStatus = status;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread thread = new Thread(null, () -> serve(socket), "test-echo-connection", 128 * 1024);
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void serve(Socket socket) {
        connections.add(socket);
        try (socket) {
            socket.setTcpNoDelay(true);
            WebSocketPeer peer = new WebSocketPeer(socket, false);
            while (true) {
                WebSocketPeer.Head request = peer.readHead();
                if (request.field("Upgrade").isPresent()) {
                    echo(peer, request);
                    return;
                }
                answer(peer, request);
            }
        } catch (IOException | RuntimeException e) {
            return; // whoever dialled has gone
        } finally {
            connections.remove(socket);
        }
    }

    private void echo(WebSocketPeer peer, WebSocketPeer.Head request) throws IOException {
        sessions.incrementAndGet();
        try {
            peer.accept(request);
            WebSocketBackend.echo(peer);
        } finally {
            sessions.decrementAndGet();
        }
    }

    private void answer(WebSocketPeer peer, WebSocketPeer.Head request) throws IOException {
        int length = request.field("Content-Length").map(Integer::parseInt).orElse(0);
        peer.readBytes(length);
        boolean isProbe = request.line().contains(" /probe");
        boolean isLast = request.field("Connection")
                .map(text -> text.toLowerCase(Locale.ROOT).contains("close"))
                .orElse(false);
        peer.write("HTTP/1.1 " + (isProbe ? probeStatus : 200) + " x\r\nContent-Length: " + name.length() + "\r\n"
                + (isLast ? "Connection: close\r\n" : "") + "\r\n" + name);
        if (isLast) {
            peer.socket().close();
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Sessions open now. */
    public int sessions() {
        return sessions.get();
    }

    /** Bytes of its name, as the body of its answers. */
    public byte[] body() {
        return name.getBytes(US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
