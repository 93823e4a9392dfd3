package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/** Opens sessions that echo once, fall silent and echo again, and looks at the proxy's memory meanwhile. */
final class IdleSessions implements AutoCloseable {
    private static final long ECHO_NANOS = 10_000_000_000L;

    private final LoadOrder order;
    private final Requests requests;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final List<LoadConnection> sessions = new ArrayList<>();
    private int errors;
    private String firstError = "";

    private IdleSessions(LoadOrder order) throws IOException {
        this.order = order;
        this.selector = Selector.open();
        this.requests = new Requests(order.benchCase(), 1);
    }

    static IdleResult run(LoadOrder order) throws IOException {
        try (IdleSessions rehearsal = new IdleSessions(order)) {
            // Classes are loaded and pools filled before the memory is looked at first.
            rehearsal.open(Math.max(1, order.connections() / 10));
            rehearsal.echo();
        }
        try (IdleSessions sessions = new IdleSessions(order)) {
            return sessions.run();
        }
    }

    private IdleResult run() throws IOException {
        long heapBefore = JavaHeap.liveKib(order.proxyPid());
        long residentBefore = ProcStat.residentKib(order.proxyPid());
        open(order.connections());
        echo();
        stayFor(order.millis() * 1_000_000, false);
        long residentAfter = ProcStat.residentKib(order.proxyPid());
        long heapAfter = JavaHeap.liveKib(order.proxyPid());
        echo();
        long heapGrowth = heapBefore < 0 || heapAfter < 0 ? -1 : heapAfter - heapBefore;
        return new IdleResult(sessions.size(), errors, firstError, residentAfter - residentBefore, heapGrowth);
    }

    private void open(int count) {
        for (int i = 0; i < count; i++) {
            try {
                sessions.add(LoadConnection.open(order, requests, selector));
            } catch (IOException e) {
                error(e);
            }
        }
    }

    private void echo() throws IOException {
        long now = System.nanoTime();
        for (LoadConnection session : List.copyOf(sessions)) {
            try {
                session.send(1, now);
            } catch (IOException e) {
                drop(session, e);
            }
        }
        stayFor(ECHO_NANOS, true);
        for (LoadConnection session : List.copyOf(sessions)) {
            if (session.waitingNanos(System.nanoTime()) > 0) {
                drop(session, new IOException("no echo"));
            }
        }
    }

    /** Answers pings for a while; with {@code untilEchoed} only as long as an echo is missing. */
    private void stayFor(long nanos, boolean untilEchoed) throws IOException {
        int[] missing = {sessions.size()};
        long deadline = System.nanoTime() + nanos;
        while (System.nanoTime() < deadline && !(untilEchoed && missing[0] == 0)) {
            selector.select(key -> missing[0] -= serve(key), 100);
        }
    }

    private int serve(SelectionKey key) {
        LoadConnection session = (LoadConnection) key.attachment();
        try {
            return session.serve(in, nanos -> {});
        } catch (IOException e) {
            drop(session, e);
            return 1;
        }
    }

    private void drop(LoadConnection session, IOException e) {
        error(e);
        session.close();
        sessions.remove(session);
    }

    private void error(IOException e) {
        if (errors++ == 0) {
            firstError = e.toString();
        }
    }

    @Override
    public void close() throws IOException {
        sessions.forEach(LoadConnection::close);
        selector.close();
    }
}
