package dev.gatehouse.proxy;

import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.Snapshot;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Answers 503 beyond {@code limits.connections} (REQ-48): as many requests may be under way and WebSocket sessions be
 * open at once, on all listeners together. Connections that only wait for their next request are not counted, for no
 * container tells their number. Thread-safe.
 */
public final class AdmissionFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient Supplier<Snapshot> snapshots;
    private final transient IntSupplier sessions;
    private final transient Refusals refusals;
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * Creates the filter.
     *
     * @param snapshots gives the configuration in force
     * @param sessions counts the WebSocket sessions that are open
     * @param refusals answers and logs what is refused
     */
    public AdmissionFilter(Supplier<Snapshot> snapshots, IntSupplier sessions, Refusals refusals) {
        this.snapshots = snapshots;
        this.sessions = sessions;
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        int limit = snapshots.get().configuration().local().traffic().limits().connections();
        if (limit == 0) {
            chain.doFilter(request, response); // the usual case counts nothing
            return;
        }
        try {
            if (underWay.incrementAndGet() + sessions.getAsInt() > limit) {
                refusals.refuse(request, response, ExchangeFailure.CLIENTS_EXHAUSTED);
            } else {
                chain.doFilter(request, response);
            }
        } finally {
            underWay.decrementAndGet();
        }
    }
}
