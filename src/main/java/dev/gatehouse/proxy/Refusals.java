package dev.gatehouse.proxy;

import dev.gatehouse.exchange.AccessRecord;
import dev.gatehouse.exchange.AnswerReopening;
import dev.gatehouse.exchange.ErrorAnswer;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.ServletRequestView;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.observe.ExchangeLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers and logs what fails: one log line, one status, no internals. Thread-safe. */
public final class Refusals {
    private final Supplier<Snapshot> snapshots;
    private final ExchangeLog log;

    /**
     * Creates it.
     *
     * @param snapshots gives the configuration in force
     * @param log takes the line
     */
    public Refusals(Supplier<Snapshot> snapshots, ExchangeLog log) {
        this.snapshots = snapshots;
        this.log = log;
    }

    /**
     * Refuses a request that has no route.
     *
     * @param request the request
     * @param response its answer
     * @param failure why
     * @throws IOException if the client cannot be written to
     */
    public void refuse(HttpServletRequest request, HttpServletResponse response, ExchangeFailure failure)
            throws IOException {
        log.refused(request, failure);
        ErrorAnswer.refuse(snapshots.get(), new ServletRequestView(request), response, failure);
    }

    /**
     * Ends an exchange that failed. If its answer had begun, nothing more is written: the caller cuts the connection.
     *
     * @param exchange the exchange
     * @param failure how it failed
     * @param cause what was thrown, or null
     * @return false if the answer had already begun
     * @throws IOException if the client cannot be written to
     */
    public boolean fail(Exchange exchange, ExchangeFailure failure, @Nullable Throwable cause) throws IOException {
        log.failed(exchange, failure, cause);
        if (failure == ExchangeFailure.CLIENT_GONE) {
            return false;
        }
        if (failure.isClientsFault()) {
            AnswerReopening.reopenIfTaken(exchange.clientRequest(), exchange.clientResponse());
        }
        return ErrorAnswer.fail(exchange, failure);
    }

    /**
     * Answers a request on which a filter broke (REQ-50).
     *
     * @param request the request, with or without a route
     * @param response its answer, not begun
     * @param cause what was thrown
     * @throws IOException if the client cannot be written to
     */
    void broken(HttpServletRequest request, HttpServletResponse response, Throwable cause) throws IOException {
        @Nullable Exchange exchange = Exchange.find(request);
        if (exchange != null) {
            fail(exchange, ExchangeFailure.INTERNAL, cause);
            return;
        }
        String traceId = AccessRecord.of(request).traceId();
        log.broken(request, traceId, cause);
        ErrorAnswer.broken(snapshots.get(), response, traceId);
    }

    static boolean namesServer(Gateway gateway) {
        return !gateway.disableDefaultServerHeaderInResponse();
    }
}
