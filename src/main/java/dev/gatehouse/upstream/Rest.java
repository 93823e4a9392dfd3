package dev.gatehouse.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How long a member that could not be connected to comes last in the order of tries. Its health stays what probes say
 * (REQ-45), and if nobody else is left it is tried all the same. When the time is over one request tries it; the others
 * wait for what becomes of that. Thread-safe.
 */
public final class Rest {
    /** Long enough that a dead address costs few requests anything, short enough that a restart is noticed soon. */
    static final Duration LENGTH = Duration.ofSeconds(5);

    private static final long NONE = 0;

    private final LongSupplier nanoTime;
    private final AtomicLong until = new AtomicLong(NONE);

    /**
     * Creates one that is not on.
     *
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    Rest(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A connection could not be made: the rest begins, or begins again. */
    public void begin() {
        until.set(fromNow());
    }

    /** A connection was made: it is over. */
    public void end() {
        if (until.get() != NONE) {
            until.set(NONE);
        }
    }

    /**
     * Whether it lasts.
     *
     * @return true if others come first
     */
    public boolean isOn() {
        long end = until.get();
        return end != NONE && nanoTime.getAsLong() - end < 0;
    }

    /** Whether a request may try the member: always without a rest, and once at the end of each. */
    boolean mayTry() {
        long end = until.get();
        return end == NONE || (nanoTime.getAsLong() - end >= 0 && until.compareAndSet(end, fromNow()));
    }

    private long fromNow() {
        return (nanoTime.getAsLong() + LENGTH.toNanos()) | 1; // never the mark for none
    }
}
