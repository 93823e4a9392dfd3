package dev.gatehouse.exchange;

import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HttpListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Answers every failure, whichever filter decides it: the right status with the right page (REQ-47 to REQ-50). Stateless. */
public final class ErrorAnswer {
    private ErrorAnswer() {}

    /**
     * Answers a request that has no route. Its listener is looked for all the same: it may have a page of its own.
     *
     * @param snapshot the configuration in force
     * @param request the request
     * @param response its answer
     * @param failure why it has none
     * @throws IOException if the client cannot be written to
     */
    public static void refuse(
            Snapshot snapshot, RequestView request, HttpServletResponse response, ExchangeFailure failure)
            throws IOException {
        write(snapshot, listenerOf(request, snapshot), response, failure, "");
    }

    // The host decides the listener, whatever is wrong with the rest.
    private static @Nullable HttpListener listenerOf(RequestView request, Snapshot snapshot) {
        return Routing.hostOf(request)
                .flatMap(host -> snapshot.routes().listener(request.localAddress(), request.localPort(), host))
                .orElse(null);
    }

    /**
     * Ends an exchange that failed.
     *
     * @param exchange the exchange
     * @param failure how it failed
     * @return false if its answer had begun, so that nothing more was written: the caller cuts the connection
     * @throws IOException if the client cannot be written to
     */
    public static boolean fail(Exchange exchange, ExchangeFailure failure) throws IOException {
        String note = switch (failure) {
            case INTERNAL -> exchange.traceId(); // REQ-50
            case CLIENT_CERTIFICATE_MISSING -> "No required SSL certificate was sent"; // TLS-31
            case CLIENT_CERTIFICATE_REFUSED -> "The SSL certificate error";
            default -> "";
        };
        int status =
                failure.status(exchange.snapshot().configuration().gateway().isV1());
        AnswerFields.setReason(
                exchange.clientRequest(), ErrorPage.reason(status)); // that of a backend given up must go
        return write(exchange.snapshot(), exchange.route().listener(), exchange.clientResponse(), failure, note);
    }

    /**
     * Answers a request on which something of ours broke before it had a route (REQ-50).
     *
     * @param snapshot the configuration in force
     * @param response its answer, not begun
     * @param traceId the id in the log
     * @throws IOException if the client cannot be written to
     */
    public static void broken(Snapshot snapshot, HttpServletResponse response, String traceId) throws IOException {
        write(snapshot, null, response, ExchangeFailure.INTERNAL, traceId);
    }

    private static boolean write(
            Snapshot snapshot,
            @Nullable HttpListener listener,
            HttpServletResponse response,
            ExchangeFailure failure,
            String note)
            throws IOException {
        Gateway gateway = snapshot.configuration().gateway();
        int status = failure.status(gateway.isV1());
        boolean namesServer = !gateway.disableDefaultServerHeaderInResponse();
        byte @Nullable [] page = snapshot.errorPages().page(listener, status);
        return page == null
                ? ErrorPage.write(response, status, namesServer, note)
                : ErrorPage.writeCustom(response, status, namesServer, page);
    }
}
