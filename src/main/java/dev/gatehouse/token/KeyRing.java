package dev.gatehouse.token;

import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.token.KeySet.IssuerKey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one address: kept, and read anew every hour, or when a token names a key that is not among them, but never
 * more often than strangers with invented keys should make us ask. Old keys serve for a day while the address fails.
 * Thread-safe.
 */
final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final long REFRESH = Duration.ofHours(1).toNanos();
    private static final long LEAST_PAUSE = Duration.ofSeconds(30).toNanos();
    private static final long LONGEST_USE = Duration.ofHours(24).toNanos();
    private static final long LONGEST_WAIT_MILLIS = 1_000;
    private static final int MOST_WAITERS = 8;

    /** Gives the text of a key set. */
    interface Reader {
        byte[] read(URI address) throws IOException;
    }

    /** Keys and when they were had; replaced, never edited. */
    private record Held(KeySet keys, long nanos) {}

    private final URI address;
    private final Reader reader;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Semaphore waiters = new Semaphore(MOST_WAITERS);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Held held;
    /** Guarded by the lock, as the next. */
    private CompletableFuture<Void> refresh = CompletableFuture.completedFuture(null);

    private @Nullable Long lastTry;

    KeyRing(URI address, Reader reader, Executor executor, LongSupplier nanoTime) {
        this.address = address;
        this.reader = reader;
        this.executor = executor;
        this.nanoTime = nanoTime;
    }

    /** The keys that a token may mean. */
    List<IssuerKey> meantBy(@Nullable String id) throws TokenException {
        List<IssuerKey> meant = find(id);
        if (meant.isEmpty()) {
            await(refreshUnlessTried());
            meant = find(id);
        }
        if (!meant.isEmpty()) {
            return meant;
        }
        throw new TokenException(
                current() == null ? ExchangeFailure.TOKEN_KEYS_UNAVAILABLE : ExchangeFailure.TOKEN_KEY_UNKNOWN);
    }

    private List<IssuerKey> find(@Nullable String id) {
        @Nullable KeySet keys = current();
        return keys == null ? List.of() : keys.meantBy(id);
    }

    private @Nullable KeySet current() {
        @Nullable Held now = held;
        return now == null || nanoTime.getAsLong() - now.nanos() > LONGEST_USE ? null : now.keys();
    }

    /** Reads the keys anew if they are old or missing; called now and then. */
    void refreshIfOld() {
        @Nullable Held now = held;
        if (now == null || nanoTime.getAsLong() - now.nanos() >= REFRESH) {
            Future<?> unused = refreshUnlessTried();
        }
    }

    /** One read at a time, and a pause between two. */
    private CompletableFuture<Void> refreshUnlessTried() {
        long now = nanoTime.getAsLong();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        lock.lock();
        try {
            if (!refresh.isDone() || (lastTry != null && now - lastTry < LEAST_PAUSE)) {
                return refresh;
            }
            lastTry = now;
            refresh = begun;
        } finally {
            lock.unlock();
        }
        executor.execute(() -> read(begun));
        return begun;
    }

    private void read(CompletableFuture<Void> begun) {
        try {
            held = new Held(KeySet.parse(reader.read(address)), nanoTime.getAsLong());
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "the keys of tokens at {} cannot be had, {}: {} [REQ-16]",
                    address,
                    current() == null
                            ? "so no token is found good"
                            : "those that were had before serve for a day at most",
                    e.toString());
        } finally {
            begun.complete(null);
        }
    }

    // A few may wait for a key that is perhaps brand-new; a crowd with invented keys must not hold all threads.
    private void await(CompletableFuture<Void> reading) {
        if (reading.isDone() || !waiters.tryAcquire()) {
            return;
        }
        try {
            reading.get(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("the keys of tokens at {} are still being read", address);
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading keys ended with an exception, which it never does", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiters.release();
        }
    }
}
