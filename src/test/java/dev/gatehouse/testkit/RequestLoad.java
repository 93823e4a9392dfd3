package dev.gatehouse.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A steady stream of GET requests on kept connections; what is not a 200 is a failure, and so is a broken connection. */
public final class RequestLoad implements AutoCloseable {
    private final int port;
    private final String host;
    private final long pauseNanos;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean isOpen = true;
    private volatile long slowestNanos;

    /** A request that failed, and when. */
    public record Failure(String what, long nanos) {}

    /** Begins: so many requests a second over so many connections. */
    public RequestLoad(int port, String host, int perSecond, int connections) {
        this.port = port;
        this.host = host;
        this.pauseNanos = 1_000_000_000L * connections / perSecond;
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(this::run, "test-requests-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void run() {
        @Nullable Wire wire = null;
        long next = System.nanoTime();
        while (isOpen) {
            try {
                if (wire == null) {
                    wire = Wire.connect(port);
                }
                long start = System.nanoTime();
                boolean isKept = ask(wire);
                slowestNanos = Math.max(slowestNanos, System.nanoTime() - start);
                if (!isKept) {
                    wire.close();
                    wire = null;
                }
            } catch (IOException | RuntimeException e) {
                if (isOpen) {
                    failures.add(new Failure(e.toString(), System.nanoTime()));
                }
                wire = null;
            }
            next = Math.max(next + pauseNanos, System.nanoTime() - pauseNanos);
            LockSupport.parkNanos(next - System.nanoTime());
        }
        if (wire != null) {
            close(wire);
        }
    }

    private static void close(Wire wire) {
        try {
            wire.close();
        } catch (IOException e) {
            return; // the other side was faster
        }
    }

    private boolean ask(Wire wire) throws IOException {
        wire.write("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        Head head = wire.readHead();
        wire.readAnswerBody(head, "GET");
        if (head.status() == 200) {
            answered.incrementAndGet();
        } else {
            failures.add(new Failure(head.startLine(), System.nanoTime()));
        }
        return !head.value("Connection").equalsIgnoreCase("close");
    }

    /** Requests answered with 200. */
    public long answered() {
        return answered.get();
    }

    /** What failed, in order. */
    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** The longest time to an answer. */
    public long slowestMillis() {
        return slowestNanos / 1_000_000;
    }

    @Override
    public void close() {
        isOpen = false;
        try {
            for (Thread thread : threads) {
                thread.join(2_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
