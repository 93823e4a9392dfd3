package dev.gatehouse.gateway;

import dev.gatehouse.exchange.AccessRecord;
import dev.gatehouse.exchange.ErrorPage;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.HeadFault;
import dev.gatehouse.exchange.RequestCheck;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.ServletRequestView;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.observe.ExchangeLog;
import dev.gatehouse.observe.RequestObserver;
import dev.gatehouse.proxy.Refusals;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a launcher that owns the container asks for when the container refused a request before any filter (REQ-3): one
 * name, one log line and our page, as for what filters refuse. Thread-safe.
 */
public final class FrontRefusals {
    private static final String ATTRIBUTE = FrontRefusals.class.getName();

    private final Supplier<Snapshot> snapshots;
    private final Refusals refusals;
    private final ExchangeLog log;
    private final RequestObserver observer;

    FrontRefusals(Supplier<Snapshot> snapshots, Refusals refusals, ExchangeLog log, RequestObserver observer) {
        this.snapshots = snapshots;
        this.refusals = refusals;
        this.log = log;
        this.observer = observer;
    }

    void publish(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    /**
     * The refusals of an application.
     *
     * @param context its context
     * @return empty if it is no gateway
     */
    public static Optional<FrontRefusals> of(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof FrontRefusals refusals
                ? Optional.of(refusals)
                : Optional.empty();
    }

    /**
     * Answers and logs a request that the container refused.
     *
     * @param request as far as it was read
     * @param response its answer, not begun
     * @param head what came of an HTTP/1 head, perhaps with what follows it; null for HTTP/2
     * @param status what the container would answer
     * @throws IOException if the client cannot be written to
     */
    public void refuse(HttpServletRequest request, HttpServletResponse response, byte @Nullable [] head, int status)
            throws IOException {
        AccessRecord record = AccessRecord.begin(request);
        try {
            refusals.refuse(request, response, failure(request, head, status));
        } finally {
            observer.finished(record, request, response);
        }
    }

    private ExchangeFailure failure(HttpServletRequest request, byte @Nullable [] head, int status) {
        ClientLimits limits = snapshots.get().configuration().local().traffic().limits();
        return switch (status) {
            case 408 -> ExchangeFailure.HEADERS_LATE;
            case 500 -> ExchangeFailure.INTERNAL;
            case 503 -> ExchangeFailure.NOT_READY; // it is being stopped
            default ->
                head == null ? parsed(request, limits) : HeadFault.of(new RequestHead(head, head.length), limits);
        };
    }

    private static ExchangeFailure parsed(HttpServletRequest request, ClientLimits limits) {
        boolean isWhole = request.getMethod() != null && request.getRequestURI() != null;
        return isWhole
                ? RequestCheck.fault(new ServletRequestView(request), limits).orElse(ExchangeFailure.REQUEST_MALFORMED)
                : ExchangeFailure.REQUEST_MALFORMED;
    }

    /**
     * Logs a client that spoke plain HTTP to an Https port.
     *
     * @param client its address
     * @param port the port it connected to
     */
    public void logPlainOnHttps(String client, int port) {
        log.refused(ExchangeFailure.PLAIN_ON_HTTPS, client, port);
    }

    /**
     * The answer to a client that spoke plain HTTP to an Https port.
     *
     * @return a whole HTTP/1.1 answer
     */
    public byte[] plainOnHttps() {
        boolean namesServer = !snapshots.get().configuration().gateway().disableDefaultServerHeaderInResponse();
        return ErrorPage.bytes(ExchangeFailure.PLAIN_ON_HTTPS.status(), namesServer);
    }
}
