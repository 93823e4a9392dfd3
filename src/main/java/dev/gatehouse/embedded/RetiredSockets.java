package dev.gatehouse.embedded;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sockets that listen no more and have clients still: each is closed when its last client has gone, or with the server.
 * Looks at them on a thread of the server's, and only while there are any. Thread-safe.
 */
final class RetiredSockets {
    private static final long LOOK_MILLIS = 500;

    private final TomcatServer tomcat;
    private final ScheduledExecutorService ticks;
    private final Queue<OpenSocket> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isLooking = new AtomicBoolean();

    RetiredSockets(TomcatServer tomcat) {
        this.tomcat = tomcat;
        this.ticks = tomcat.ticks();
    }

    /** Takes a socket over that listens no more. */
    void add(OpenSocket socket) {
        waiting.add(socket);
        lookLater();
    }

    private void lookLater() {
        if (!waiting.isEmpty() && isLooking.compareAndSet(false, true)) {
            ScheduledFuture<?> unused = ticks.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            for (OpenSocket socket : List.copyOf(waiting)) {
                if (!socket.hasConnections() && !socket.isBusy() && waiting.remove(socket)) {
                    tomcat.close(socket);
                }
            }
        } finally {
            isLooking.set(false);
        }
        lookLater();
    }
}
