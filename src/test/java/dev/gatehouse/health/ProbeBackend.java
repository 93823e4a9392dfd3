package dev.gatehouse.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/** A raw backend that records every request head and answers as the test says. */
final class ProbeBackend implements AutoCloseable {
    /** Writes what the test wants onto the wire. */
    interface Script {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    final Queue<String> heads = new ConcurrentLinkedQueue<>();
    /** What came after each head until the probe went away; only where the test reads on. */
    final Queue<byte[]> rests = new ConcurrentLinkedQueue<>();

    volatile boolean readsOn;
    final Queue<Long> starts = new ConcurrentLinkedQueue<>();
    final AtomicInteger open = new AtomicInteger();
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "test-backend"));
    private volatile Script script;

    ProbeBackend(Script script) throws IOException {
        this(new ServerSocket(0, 1_000, InetAddress.getByName("0.0.0.0")), script);
    }

    ProbeBackend(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
        threads.execute(this::accept);
    }

    static Script text(String response) {
        return out -> out.write(response.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Script status(int status) {
        return text("HTTP/1.1 " + status + " x\r\nContent-Length: 0\r\n\r\n");
    }

    int port() {
        return server.getLocalPort();
    }

    void now(Script next) {
        script = next;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                starts.add(System.nanoTime());
                open.incrementAndGet();
                threads.execute(() -> serve(socket));
            } catch (SocketException | RejectedExecutionException e) {
                return; // closed by the test
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String head = head(socket.getInputStream());
            if (!head.isEmpty()) {
                heads.add(head);
                script.answer(socket.getOutputStream());
                if (readsOn) {
                    rests.add(socket.getInputStream().readAllBytes());
                }
            }
        } catch (SocketException | SSLException e) {
            return; // the probe went away, which many tests are about
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.decrementAndGet();
            sockets.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
