package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Keeps every connection busy for a window, from one thread. Confined to it. */
final class ClosedLoop {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final long STALLED_NANOS = 1_000_000_000;

    private final LoadOrder order;
    private final Requests requests;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Tally tally = new Tally();
    private final Selector selector;

    private ClosedLoop(LoadOrder order, Selector selector) {
        this.order = order;
        this.selector = selector;
        this.requests = new Requests(order.benchCase(), order.depth());
    }

    static LoadResult run(LoadOrder order) throws IOException {
        try (Selector selector = Selector.open()) {
            return new ClosedLoop(order, selector).run();
        }
    }

    private LoadResult run() throws IOException {
        try {
            for (int i = 0; i < order.connections(); i++) {
                open();
            }
            CpuWindow window = CpuWindow.open(order);
            long deadline = System.nanoTime() + order.millis() * 1_000_000;
            while (System.nanoTime() < deadline && !tally.isHopeless()) {
                selector.select(this::serve, 100);
            }
            window.close();
            countStalled(System.nanoTime());
            return tally.result(window);
        } finally {
            selector.keys().forEach(key -> connection(key).close());
        }
    }

    private void open() {
        try {
            LoadConnection.open(order, requests, selector).send(order.depth(), System.nanoTime());
        } catch (IOException e) {
            tally.error(e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            int answers = connection(key).serve(in, tally::answer);
            if (answers > 0) {
                connection(key).send(answers, System.nanoTime());
            }
        } catch (IOException e) {
            tally.error(e);
            connection(key).close();
            open();
        }
    }

    /** In a closed loop a connection that gets no answer falls silent and would not be missed. */
    private void countStalled(long now) {
        selector.keys().stream()
                .mapToLong(key -> connection(key).waitingNanos(now))
                .filter(nanos -> nanos > STALLED_NANOS)
                .forEach(nanos -> tally.error(new IOException("no answer for " + nanos / 1_000_000 + " ms")));
    }

    private static LoadConnection connection(SelectionKey key) {
        return (LoadConnection) key.attachment();
    }
}
