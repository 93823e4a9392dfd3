package dev.gatehouse.upstream;

import dev.gatehouse.spool.Spool;
import dev.gatehouse.spool.SpoolSpace;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a backend says while it is still being sent a body. A backend that answers as it reads would stop reading if
 * nobody took its answer, and one that refuses must be heard before the whole body is sent. Bytes as they came, TLS
 * records included. Guarded by its lock, which is held while bytes that have arrived are copied.
 */
final class EarlyAnswer implements AutoCloseable {
    private static final int STATUS_LINE = "HTTP/1.1 400".length();

    private final ReentrantLock lock = new ReentrantLock();
    private final InputStream socket;
    private final SpoolSpace space;
    private @Nullable Spool spool;
    private long given;
    private boolean isOver;

    EarlyAnswer(InputStream socket, SpoolSpace space) {
        this.socket = socket;
        this.space = space;
    }

    /** Takes what has arrived, without waiting; false if there was nothing, or may not be. */
    boolean take() throws IOException {
        lock.lock();
        try {
            if (isOver || socket.available() == 0) {
                return false;
            }
            if (spool == null) {
                spool = space.newSpool();
            }
            return spool.take(socket) > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is an answer, readable without TLS, that makes the rest of the body useless. */
    boolean isRefusal() throws IOException {
        lock.lock();
        try {
            byte[] start = new byte[STATUS_LINE];
            if (spool == null || spool.read(0, start, 0, STATUS_LINE) < STATUS_LINE) {
                return false;
            }
            char first = (char) start[STATUS_LINE - 3];
            return start[0] == 'H' && start[5] == '1' && first >= '3' && first <= '5';
        } finally {
            lock.unlock();
        }
    }

    /** From here on the exchange reads for itself. */
    void endUpload() {
        lock.lock();
        try {
            isOver = true;
        } finally {
            lock.unlock();
        }
    }

    /** Does something to the connection, unless the upload is over and the connection nobody else's business. */
    void whileOpen(Runnable action) {
        lock.lock();
        try {
            if (!isOver) {
                action.run();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return isOver;
        } finally {
            lock.unlock();
        }
    }

    /** Gives what was taken, in order; 0 if nothing is left. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            int count = spool == null ? 0 : spool.read(given, bytes, offset, length);
            given += count;
            return count;
        } finally {
            lock.unlock();
        }
    }

    int available() {
        lock.lock();
        try {
            return spool == null ? 0 : (int) Math.min(spool.length() - given, Integer.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isOver = true;
            if (spool != null) {
                spool.close();
                spool = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
