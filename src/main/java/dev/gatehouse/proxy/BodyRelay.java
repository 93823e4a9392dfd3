package dev.gatehouse.proxy;

import dev.gatehouse.spool.SpoolSpace;
import dev.gatehouse.upstream.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Passes the body of one answer on, read and written by one thread; from the moment in which the client proves slower
 * than the backend, another one reads (REQ-7). Confined to one exchange, but for {@link #check}.
 */
final class BodyRelay {
    private static final long WATCHED_FROM = 64 * 1024; // what is shorter the sockets hold
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final InputStream backend;
    private final ClientOutput client;
    private final Flushing flushing;
    private final Surroundings around;
    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.READING);
    private volatile long writingSince;
    private volatile @Nullable Drain drain;
    private @Nullable ScheduledFuture<?> watch;

    /** Who may touch the backend's stream: the exchange's thread, nobody yet, or the drain. */
    private enum Turn {
        READING,
        WRITING,
        DRAINED
    }

    /**
     * What a relay needs of others.
     *
     * @param space where a drain puts the body
     * @param slowClients look after it
     * @param atEnd told when the body's end was read
     * @param patience asked while a drain is waited for
     */
    record Surroundings(SpoolSpace space, SlowClients slowClients, Runnable atEnd, Patience patience) {}

    BodyRelay(InputStream backend, ClientOutput client, Flushing flushing, Surroundings around) {
        this.backend = backend;
        this.client = client;
        this.flushing = flushing;
        this.around = around;
    }

    /** Passes all of it on; the length is -1 if only its end will tell. */
    void relay(long length) throws IOException {
        int ready = backend.available();
        if (length >= 0 && length <= ready) { // the whole body came with the head
            client.write(backend.readNBytes((int) length), (int) length, false);
            return;
        }
        if (ready == 0 && flushing != Flushing.WHEN_FULL) {
            client.flush(); // a backend that sends its head first has a reason: events, progress
        }
        byte[] buffer = around.space().buffers().take();
        try {
            stream(length, buffer);
        } finally {
            around.space().buffers().give(buffer);
            stopWatch();
        }
    }

    private void stream(long length, byte[] buffer) throws IOException {
        long sent = 0;
        int count = backend.read(buffer);
        while (count >= 0) {
            sent += count;
            boolean isLast = sent == length;
            if (!write(buffer, count, !isLast && isFlushDue()) && follow(buffer)) {
                return;
            }
            if (!isLast) {
                watchIfLong(sent);
            }
            count = backend.read(buffer);
        }
    }

    private boolean isFlushDue() throws IOException {
        return flushing == Flushing.AT_ONCE || (flushing == Flushing.ON_PAUSE && backend.available() == 0);
    }

    private void watchIfLong(long sent) {
        if (watch == null && sent >= WATCHED_FROM && flushing != Flushing.AT_ONCE) {
            watch = around.slowClients().check(this::check);
        }
    }

    private void stopWatch() {
        if (watch != null) {
            watch.cancel(false);
        }
    }

    /** False if the backend's stream went to a drain meanwhile. */
    private boolean write(byte[] buffer, int count, boolean flushes) throws IOException {
        if (watch == null) {
            client.write(buffer, count, flushes);
            return true;
        }
        writingSince = System.nanoTime();
        turn.set(Turn.WRITING);
        boolean isWritten = false;
        try {
            client.write(buffer, count, flushes);
            isWritten = true;
        } finally {
            if (!isWritten && !takeTurnBack()) {
                drain().leave();
            }
        }
        return takeTurnBack();
    }

    private boolean takeTurnBack() {
        return turn.compareAndSet(Turn.WRITING, Turn.READING);
    }

    private Drain drain() {
        @Nullable Drain begun = drain;
        if (begun == null) {
            throw new IllegalStateException("turn: " + turn + " (expected: a drain that has it)");
        }
        return begun;
    }

    /** True if the drain's was the rest of the body. */
    private boolean follow(byte[] buffer) throws IOException {
        boolean isWhole = drain().writeTo(client, buffer, around.patience());
        turn.set(Turn.READING);
        return isWhole;
    }

    /** Run by the watcher. */
    private void check() {
        if (turn.get() != Turn.WRITING || System.nanoTime() - writingSince < SLOW_NANOS) {
            return;
        }
        Drain next = new Drain(backend, around.space().newSpool(), around.atEnd());
        drain = next; // before the turn passes, for whoever finds it gone looks here
        if (turn.compareAndSet(Turn.WRITING, Turn.DRAINED)) {
            around.slowClients().start(next);
        }
    }
}
