package dev.gatehouse.tls;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A connection of which all reading together ends in time: a time-out of sockets would begin anew with every byte.
 * Confined to one thread.
 */
final class DeadlineSocket extends Socket {
    private long deadlineNanos;

    DeadlineSocket(Duration limit) {
        limit(limit);
    }

    /** Begins anew with another limit. */
    void limit(Duration limit) {
        deadlineNanos = System.nanoTime() + limit.toNanos();
    }

    /** What is left of the limit; at least 1. */
    int leftMillis() throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) left;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                setSoTimeout(leftMillis());
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                setSoTimeout(leftMillis());
                return super.read(bytes, offset, count);
            }
        };
    }
}
