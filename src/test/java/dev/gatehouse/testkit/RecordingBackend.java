package dev.gatehouse.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ServerSocketFactory;

/**
 * An HTTP backend on a raw socket that records what it received and answers by script. Probes of the gateway are
 * answered apart and not recorded. Thread-safe.
 */
public final class RecordingBackend implements Closeable {
    /** How a request is answered. Runs on the connection's own thread. */
    @FunctionalInterface
    public interface Script {
        void answer(Received request) throws Exception;
    }

    /** One request as it stood on the wire. */
    public static final class Received {
        private final Head head;
        private final Wire wire;
        private final int connection;
        private volatile byte[] body;

        Received(Head head, Wire wire, int connection) {
            this.head = head;
            this.wire = wire;
            this.connection = connection;
        }

        public Head head() {
            return head;
        }

        public Wire wire() {
            return wire;
        }

        /** Counts the backend's connections. */
        public int connection() {
            return connection;
        }

        /** The body, read from the wire by the first who asks. */
        public byte[] body() throws IOException {
            if (body == null) {
                body = wire.readRequestBody(head);
            }
            return body;
        }

        /** Reads the body and answers 200 with a text. */
        public void ok(String text) throws IOException {
            answer("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
        }

        /** Reads the body and answers with bytes as they are. */
        public void answer(String raw) throws IOException {
            body();
            wire.write(raw);
        }
    }

    private static final Script OK = request -> request.ok("ok");

    private final ServerSocketFactory factory;
    private final int port;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Set<Wire> open = ConcurrentHashMap.newKeySet();
    private volatile Script script = OK;
    private volatile int probeStatus = 200;
    private volatile Head lastProbe;
    private volatile Thread acceptor;
    private volatile ServerSocket server;

    public RecordingBackend() throws IOException {
        this(ServerSocketFactory.getDefault());
    }

    /** One that takes connections from sockets of its own kind, such as TLS. */
    public RecordingBackend(ServerSocketFactory factory) throws IOException {
        this.factory = factory;
        server = factory.createServerSocket(0, 200, InetAddress.getLoopbackAddress());
        port = server.getLocalPort();
        accept(server);
    }

    public int port() {
        return port;
    }

    /** Sets the script from the next request on. */
    public void answers(Script next) {
        script = next;
    }

    /** Sets the status that probes get from now on. */
    public void answersProbes(int status) {
        probeStatus = status;
    }

    public int probes() {
        return probes.get();
    }

    /** The latest probe, or null. */
    public Head lastProbe() {
        return lastProbe;
    }

    /** The next recorded request; waits for it. */
    public Received take() throws InterruptedException {
        Received next = received.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("backend received no request");
        }
        return next;
    }

    /** How many requests wait to be taken. */
    public int recorded() {
        return received.size();
    }

    /** Forgets requests and script; complains if a script failed an assertion. */
    public void reset() throws IOException {
        received.clear();
        script = OK;
        probeStatus = 200;
        start();
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw new AssertionError("a backend's script failed", thrown);
        }
    }

    /** Refuses connections from now on and drops the open ones. */
    public void stop() throws IOException {
        server.close();
        try {
            acceptor.join(5_000); // a connection it took at the last moment is to be dropped, too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dropConnections();
    }

    /** Takes connections again, on the same port. */
    public void start() throws IOException {
        if (server.isClosed()) {
            server = factory.createServerSocket(port, 200, InetAddress.getLoopbackAddress());
            accept(server);
        }
    }

    /** How many connections are open. */
    public int openConnections() {
        return open.size();
    }

    /** Resets every open connection. */
    public void dropConnections() throws IOException {
        for (Wire wire : open) {
            wire.reset();
        }
    }

    private void accept(ServerSocket listening) {
        Thread thread = new Thread(() -> acceptLoop(listening), "backend-" + port);
        acceptor = thread;
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptLoop(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                int number = connections.incrementAndGet();
                Wire taken = new Wire(socket);
                open.add(taken); // before its thread runs, or stop() could miss it
                Thread thread = new Thread(() -> serve(taken, number), "backend-" + port + "-" + number);
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // stopped
            }
        }
    }

    private void serve(Wire taken, int number) {
        try (Wire wire = taken) {
            try {
                wire.readLimit(120_000);
                while (!wire.isClosed()) {
                    serve(new Received(wire.readHead(), wire, number));
                }
            } finally {
                open.remove(wire);
            }
        } catch (IOException e) {
            // The gateway ended the connection, or the script did.
        } catch (Exception | AssertionError e) {
            failure.compareAndSet(null, e);
        }
    }

    private void serve(Received request) throws Exception {
        if (request.head().value("User-Agent").startsWith("Gatehouse-Probe")) {
            lastProbe = request.head();
            probes.incrementAndGet();
            request.answer("HTTP/1.1 " + probeStatus + " Probed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            request.wire().close();
            return;
        }
        received.add(request);
        script.answer(request);
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
