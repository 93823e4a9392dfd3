package dev.gatehouse.observe;

import dev.gatehouse.exchange.AccessRecord;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** Hears of every request that is over, and has it counted and written. Thread-safe. */
public final class RequestObserver {
    private final AccessLog log;
    private final RequestMetrics metrics;

    /**
     * Creates one.
     *
     * @param log writes
     * @param metrics counts
     */
    public RequestObserver(AccessLog log, RequestMetrics metrics) {
        this.log = log;
        this.metrics = metrics;
    }

    /**
     * A request is over. Called once for each, while its container still has it.
     *
     * @param record what was noted of it
     * @param request the client's request
     * @param response its answer, sent or not
     */
    public void finished(AccessRecord record, HttpServletRequest request, HttpServletResponse response) {
        Optional<FailureAccount> failure = FailureAccount.of(record);
        AccessLine line = AccessLine.of(record, request, response, failure);
        metrics.finished(record, line);
        if (!record.isSession()) { // sessions have lines of their own
            log.add(line);
        }
    }
}
