package dev.gatehouse.upstream;

import dev.gatehouse.spool.SpoolSpace;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection to a backend, with TLS above it or not. A read waits as long as the time-out says, but in slices of
 * half a second, and after each asks whether the answer is still wanted; an answer that comes in time costs no more than
 * on any socket. What the backend says while it is still being sent a body can be taken in before the body's end. One
 * thread reads at a time, another one may write.
 */
final class BackendSocket extends Socket {
    private static final int SLICE_MILLIS = 500;
    private static final long MOMENT_NANOS = 2_000_000;

    private volatile int limitMillis;
    private volatile long restsSinceNanos;
    private volatile @Nullable Patience patience;
    private volatile @Nullable EarlyAnswer early;
    private volatile @Nullable SlicedInput sliced;

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        waitAtOnce(millis == 0 ? SLICE_MILLIS : millis);
        limitMillis = millis;
    }

    private void waitAtOnce(long millis) throws SocketException {
        super.setSoTimeout((int) Math.min(millis, SLICE_MILLIS));
    }

    @Override
    public synchronized int getSoTimeout() {
        return limitMillis;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        @Nullable SlicedInput made = sliced;
        if (made == null) {
            made = new SlicedInput(super.getInputStream());
            sliced = made;
        }
        return made;
    }

    /** Who is asked from now on whether to wait on; null for nobody. */
    void waitsFor(@Nullable Patience asked) {
        patience = asked;
    }

    /** From now on what the backend says may be taken in by others, until the upload is over. */
    EarlyAnswer beginUpload(SpoolSpace space) throws IOException {
        EarlyAnswer begun = new EarlyAnswer(super.getInputStream(), space);
        early = begun;
        return begun;
    }

    /** Forgets the exchange; false if bytes of it are left that nobody read. */
    boolean endExchange() {
        @Nullable EarlyAnswer begun = early;
        boolean isUsedUp = begun == null || begun.available() == 0;
        forget();
        restsSinceNanos = System.nanoTime();
        return isUsedUp;
    }

    /** Whether its last exchange is over for so long that an end which the backend made of it would have arrived. */
    boolean hasRested() {
        return System.nanoTime() - restsSinceNanos > MOMENT_NANOS;
    }

    void forget() {
        patience = null;
        @Nullable EarlyAnswer begun = early;
        if (begun != null) {
            early = null;
            begun.close();
        }
    }

    /** Waits in slices, and gives what was taken early first. */
    private final class SlicedInput extends FilterInputStream {
        SlicedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            @Nullable EarlyAnswer begun = early;
            if (begun != null) {
                int count = begun.read(bytes, offset, length);
                if (count > 0) {
                    return count;
                }
            }
            try {
                return in.read(bytes, offset, length);
            } catch (SocketTimeoutException e) {
                return readOn(bytes, offset, length, e);
            }
        }

        private int readOn(byte[] bytes, int offset, int length, SocketTimeoutException first) throws IOException {
            int limit = limitMillis;
            long start = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(Math.min(SLICE_MILLIS, limit));
            SocketTimeoutException last = first;
            try {
                for (long left = left(limit, start); left > 0; left = left(limit, start)) {
                    requireInterest();
                    waitAtOnce(left);
                    try {
                        return in.read(bytes, offset, length);
                    } catch (SocketTimeoutException e) {
                        last = e;
                    }
                }
                throw last;
            } finally {
                setSoTimeout(limit);
            }
        }

        private static long left(int limitMillis, long start) {
            long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            return limitMillis == 0 ? SLICE_MILLIS : limitMillis - waited;
        }

        private void requireInterest() throws AbandonedException {
            @Nullable Patience asked = patience;
            if (asked != null && !asked.isWorthWaiting()) {
                throw new AbandonedException();
            }
        }

        @Override
        public int available() throws IOException {
            @Nullable EarlyAnswer begun = early;
            return (begun == null ? 0 : begun.available()) + in.available();
        }
    }
}
