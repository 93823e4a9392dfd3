package dev.gatehouse.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches bodies on their way to backends, for Java's blocking writes have no time-out and see nothing of what the
 * backend says meanwhile. A backend that takes no more is cut off; one that answers while it is written to is listened
 * to. Shares the timer's thread, and has one of its own for each backend that is stuck until its answer is taken.
 * Thread-safe.
 */
final class WriteWatch {
    private static final Logger LOG = LoggerFactory.getLogger(WriteWatch.class);
    private static final Duration CHECK = Duration.ofMillis(250);
    private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long POLL_MILLIS = 2;

    private final BackendTimer timer;
    private final long limitNanos;

    WriteWatch(Duration limit, BackendTimer timer) {
        this.limitNanos = limit.toNanos();
        this.timer = timer;
    }

    Entry watch(ConnectionEndpoint endpoint, BackendSocket socket, EarlyAnswer early, boolean isPlain) {
        Entry entry = new Entry(endpoint, socket, early, isPlain);
        entry.check = timer.every(CHECK, entry::check);
        return entry;
    }

    /** One upload. */
    final class Entry implements BodyProgress, AutoCloseable {
        private final ConnectionEndpoint endpoint;
        private final BackendSocket socket;
        private final EarlyAnswer early;
        private final boolean isPlain;
        private volatile long since;
        private volatile boolean isWriting;
        private volatile boolean hasCut;
        private volatile boolean isHeard;
        private volatile Future<?> check;

        @SuppressWarnings("NullAway.Init") // set by watch() before anyone else sees the entry
        private Entry(ConnectionEndpoint endpoint, BackendSocket socket, EarlyAnswer early, boolean isPlain) {
            this.endpoint = endpoint;
            this.socket = socket;
            this.early = early;
            this.isPlain = isPlain;
        }

        @Override
        public void writing(boolean begins) {
            since = System.nanoTime();
            isWriting = begins;
        }

        @Override
        public boolean isRefused() throws IOException {
            if (isPlain) {
                early.take();
            }
            return isPlain && early.isRefusal();
        }

        // Half-closed the backend can still be read from, and no last chunk can be sent; over TLS as well.
        @Override
        public void abort() {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                LOG.debug("connection was closed already", e);
            }
        }

        boolean hasCut() {
            return hasCut;
        }

        private void check() {
            long stuck = System.nanoTime() - since;
            if (!isWriting || stuck < STUCK_NANOS) {
                return;
            }
            if (stuck > limitNanos) {
                cut();
            } else if (!isHeard && tryTake()) {
                isHeard = true;
                timer.listen(this::listen);
            }
        }

        private void cut() {
            hasCut = true;
            if (early.available() > 0) {
                early.whileOpen(this::abort); // there is an answer to be read
            } else {
                early.whileOpen(() -> endpoint.close(CloseMode.IMMEDIATE));
            }
        }

        private boolean tryTake() {
            try {
                return early.take();
            } catch (IOException e) {
                return false; // the writer meets the same end
            }
        }

        private void listen() {
            try {
                while (!early.isOver()) {
                    if (isRefused()) {
                        early.whileOpen(this::abort);
                        return;
                    }
                    if (!early.take()) {
                        Thread.sleep(POLL_MILLIS);
                    }
                }
            } catch (IOException e) {
                LOG.debug("connection ended while it was listened to", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            check.cancel(false);
            early.endUpload();
        }
    }
}
