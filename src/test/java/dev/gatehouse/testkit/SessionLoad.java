package dev.gatehouse.testkit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Many WebSocket sessions, each of which sends a message now and then and expects it back. */
public final class SessionLoad implements AutoCloseable {
    private static final int OPENING_AT_ONCE = 50;

    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> daemon(task, "test-sessions"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "test-session-timer"));
    private final HttpClient client = HttpClient.newBuilder()
            .executor(threads)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final List<Session> sessions = new ArrayList<>();
    private final AtomicLong echoes = new AtomicLong();

    /** How a session ended. */
    public record End(int code, String reason, long nanos) {}

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Opens all of them and begins to send on each, once in the interval, spread evenly. */
    public SessionLoad(URI address, int count, Duration interval) throws Exception {
        Semaphore opening = new Semaphore(OPENING_AT_ONCE);
        List<CompletableFuture<WebSocket>> pending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opening.acquire();
            Session session = new Session();
            sessions.add(session);
            pending.add(
                    client.newWebSocketBuilder().buildAsync(address, session).whenComplete((socket, failure) -> {
                        session.socket = socket;
                        opening.release();
                    }));
        }
        for (CompletableFuture<WebSocket> each : pending) {
            each.get(30, TimeUnit.SECONDS);
        }
        long step = interval.toNanos() / count;
        for (int i = 0; i < count; i++) {
            Session session = sessions.get(i);
            var unused = timer.scheduleAtFixedRate(session::beat, i * step, interval.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** One client. */
    public final class Session implements WebSocket.Listener {
        private volatile WebSocket socket;
        private volatile End end;
        private volatile boolean isWaiting;
        private volatile long lastNanos = System.nanoTime();

        private void beat() {
            if (end == null && !isWaiting) {
                isWaiting = true;
                lastNanos = System.nanoTime();
                var unused = socket.sendText("tick", true);
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            isWaiting = false;
            echoes.incrementAndGet();
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            end = new End(statusCode, reason, System.nanoTime());
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            if (end == null) {
                end = new End(1006, String.valueOf(error), System.nanoTime());
            }
        }
    }

    /** How those ended that did. */
    public List<End> ended() {
        return sessions.stream()
                .map(session -> session.end)
                .filter(end -> end != null)
                .toList();
    }

    /** Sessions that are open and have waited for an echo longer than this. */
    public long stuck(Duration longest) {
        long now = System.nanoTime();
        return sessions.stream()
                .filter(session ->
                        session.end == null && session.isWaiting && now - session.lastNanos > longest.toNanos())
                .count();
    }

    /** Messages that came back. */
    public long echoes() {
        return echoes.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        for (Session session : sessions) {
            if (session.end == null) {
                session.socket.abort();
            }
        }
        threads.shutdownNow();
    }
}
