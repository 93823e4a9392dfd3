package dev.gatehouse.proxy;

import dev.gatehouse.spool.Spool;
import dev.gatehouse.upstream.AbandonedException;
import dev.gatehouse.upstream.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer's body from the backend at the backend's speed, while another thread writes it to a slow client
 * (REQ-7). It stops at the body's end, when there is no more room, and when the client has caught up. Thread-safe.
 */
final class Drain implements Runnable {
    private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final InputStream backend;
    private final Spool spool;
    private final Runnable atEnd;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isAwaited;
    private boolean isDone;
    private boolean isLeft;
    private boolean isWhole;
    private @Nullable IOException failure;

    /** The spool is its own from here on. */
    Drain(InputStream backend, Spool spool, Runnable atEnd) {
        this.backend = backend;
        this.spool = spool;
        this.atEnd = atEnd;
    }

    @Override
    public void run() {
        try {
            int count = spool.take(backend);
            while (count > 0 && !isCaughtUp()) {
                count = spool.take(backend);
            }
            if (count < 0) {
                atEnd.run();
            }
            end(count < 0, null);
        } catch (IOException e) {
            end(false, e);
        } catch (RuntimeException e) {
            end(false, new IOException("draining the backend failed", e));
        }
    }

    private boolean isCaughtUp() {
        lock.lock();
        try {
            changed.signal();
            return isAwaited || isLeft;
        } finally {
            lock.unlock();
        }
    }

    /** It never ran. */
    void cancel() {
        end(false, null);
    }

    private void end(boolean whole, @Nullable IOException cause) {
        lock.lock();
        try {
            isDone = true;
            isWhole = whole;
            failure = cause;
            changed.signal();
            if (isLeft) {
                spool.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes what is drained until no more is to come; true if that was the whole body, false if the caller has to go on
     * reading from the backend.
     */
    boolean writeTo(ClientOutput client, byte[] buffer, Patience patience) throws IOException {
        try {
            long written = 0;
            do {
                int count = spool.read(written, buffer, 0, buffer.length);
                while (count > 0) {
                    client.write(buffer, count, false);
                    written += count;
                    count = spool.read(written, buffer, 0, buffer.length);
                }
            } while (hasMore(written, client, patience));
            return isWhole();
        } finally {
            leave();
        }
    }

    private boolean hasMore(long written, ClientOutput client, Patience patience) throws IOException {
        if (isDone()) {
            return written < spool.length();
        }
        client.flush();
        while (!awaitMore(written)) {
            if (!patience.isWorthWaiting()) {
                throw new AbandonedException();
            }
        }
        return true;
    }

    private boolean awaitMore(long written) throws IOException {
        lock.lock();
        try {
            isAwaited = true;
            long left = ASK_NANOS;
            while (!isDone && spool.length() == written && left > 0) {
                left = changed.awaitNanos(left);
            }
            return isDone || spool.length() > written;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a slow client was served", e);
        } finally {
            isAwaited = false;
            lock.unlock();
        }
    }

    private boolean isDone() {
        lock.lock();
        try {
            return isDone;
        } finally {
            lock.unlock();
        }
    }

    private boolean isWhole() throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
            return isWhole;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody reads what is drained any more. */
    void leave() {
        lock.lock();
        try {
            isLeft = true;
            if (isDone) {
                spool.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
