package dev.gatehouse.upstream;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.io.CloseMode;

/**
 * Cuts connections to backends that do not take the body they are sent: Java's blocking writes have no time-out of their
 * own. One thread for each settings entry, made with its first upload. Thread-safe.
 */
final class WriteWatch implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;
    private final long limitNanos;

    WriteWatch(Duration limit) {
        this.limitNanos = limit.toNanos();
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "gatehouse-write-watch");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true); // or every upload that is over would be kept until its limit
    }

    Entry watch(ConnectionEndpoint endpoint) {
        Entry entry = new Entry(endpoint);
        entry.check = timer.scheduleWithFixedDelay(entry::check, limitNanos, limitNanos / 4 + 1, TimeUnit.NANOSECONDS);
        return entry;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One upload. */
    final class Entry implements AutoCloseable {
        private final ConnectionEndpoint endpoint;
        private volatile long since;
        private volatile boolean isWriting;
        private volatile boolean hasCut;
        private volatile ScheduledFuture<?> check;

        @SuppressWarnings("NullAway.Init") // set by watch() before anyone else sees the entry
        private Entry(ConnectionEndpoint endpoint) {
            this.endpoint = endpoint;
        }

        void writing(boolean begins) {
            since = System.nanoTime();
            isWriting = begins;
        }

        boolean hasCut() {
            return hasCut;
        }

        private void check() {
            if (isWriting && System.nanoTime() - since > limitNanos) {
                hasCut = true;
                endpoint.close(CloseMode.IMMEDIATE);
            }
        }

        @Override
        public void close() {
            check.cancel(false);
        }
    }
}
