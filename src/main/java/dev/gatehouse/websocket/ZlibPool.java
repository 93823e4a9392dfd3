package dev.gatehouse.websocket;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Streams of zlib, made when needed. Their memory lies outside the heap, about 260 KB for a deflater and 40 KB for an
 * inflater, and is freed by hand: no collector would notice in time. A few are kept, for a new one must clear all of its
 * memory. Thread-safe, lock-free.
 *
 * @param <T> the kind of stream
 */
final class ZlibPool<T> implements AutoCloseable {
    private static final int MAX_KEPT = 8;

    private final Supplier<T> maker;
    private final Consumer<T> reset;
    private final Consumer<T> end;
    private final ConcurrentLinkedQueue<T> kept = new ConcurrentLinkedQueue<>();
    private final AtomicInteger keptCount = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean isClosed;

    private ZlibPool(Supplier<T> maker, Consumer<T> reset, Consumer<T> end) {
        this.maker = maker;
        this.reset = reset;
        this.end = end;
    }

    /** Streams that compress as RFC 7692 wants it: raw, without header. */
    static ZlibPool<Deflater> ofDeflaters() {
        return new ZlibPool<>(() -> new Deflater(Deflater.DEFAULT_COMPRESSION, true), Deflater::reset, Deflater::end);
    }

    /** Streams that decompress whatever window it was made with. */
    static ZlibPool<Inflater> ofInflaters() {
        return new ZlibPool<>(() -> new Inflater(true), Inflater::reset, Inflater::end);
    }

    /** A fresh stream, to be given back exactly once. */
    T take() {
        @Nullable T stream = kept.poll();
        if (stream == null) {
            stream = maker.get();
        } else {
            keptCount.decrementAndGet();
        }
        taken.incrementAndGet();
        return stream;
    }

    /** Takes a stream back, in whatever state. */
    void give(T stream) {
        taken.decrementAndGet();
        if (keptCount.incrementAndGet() > MAX_KEPT) {
            keptCount.decrementAndGet();
            end.accept(stream);
            return;
        }
        reset.accept(stream);
        kept.offer(stream);
        if (isClosed) { // looked at last, or both would pass by each other
            endKept();
        }
    }

    /** How many are in somebody's hands. */
    int taken() {
        return taken.get();
    }

    private void endKept() {
        for (@Nullable T stream = kept.poll(); stream != null; stream = kept.poll()) {
            end.accept(stream);
        }
    }

    /** Frees those that are kept, and from now on each that comes back. */
    @Override
    public void close() {
        isClosed = true;
        endKept();
    }
}
