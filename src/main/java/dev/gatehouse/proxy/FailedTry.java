package dev.gatehouse.proxy;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.upstream.AbandonedException;
import dev.gatehouse.upstream.BackendConnection;
import dev.gatehouse.upstream.BrokenHeadException;
import dev.gatehouse.upstream.RequestBodyException;
import dev.gatehouse.upstream.StaleConnectionException;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/** One try at one backend failed: how, and what may be done about it (REQ-38). */
final class FailedTry extends Exception {
    private static final long serialVersionUID = 1;
    // RFC 9110 §9.2.2
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    private final ExchangeFailure failure;
    private final Remedy remedy;

    /** What another try may do. */
    enum Remedy {
        /** Nothing: the request may have had its effect. */
        NONE,
        /** Nothing was sent: ask another member, as long as there is one. */
        OTHER_MEMBER,
        /** Something was sent: ask another member, once. */
        SEND_TO_OTHER,
        /** Something was sent on a pooled connection that had died unnoticed: ask again, once. */
        SEND_ANEW,
        /** Nothing was sent, for the pooled connection was found dead: ask on a new one. */
        NEW_CONNECTION
    }

    FailedTry(ExchangeFailure failure, Remedy remedy, @Nullable Throwable cause) {
        super(failure.name(), cause, false, false); // control flow: the cause carries the trace
        this.failure = failure;
        this.remedy = remedy;
    }

    static FailedTry whileSending(Exception cause, BackendConnection connection, Exchange exchange, RequestBody body) {
        if (cause instanceof RequestBodyException) {
            return new FailedTry(RequestBody.failureOf(cause), Remedy.NONE, cause.getCause());
        }
        if (AbandonedException.isCauseOf(cause)) {
            return new FailedTry(ExchangeFailure.CLIENT_GONE, Remedy.NONE, cause);
        }
        if (cause instanceof StaleConnectionException) {
            return new FailedTry(ExchangeFailure.BACKEND_CLOSED, Remedy.NEW_CONNECTION, cause);
        }
        if (cause instanceof HttpException || cause instanceof MessageConstraintException) {
            return new FailedTry(ExchangeFailure.BACKEND_MALFORMED, Remedy.NONE, cause);
        }
        return cause instanceof SocketTimeoutException
                ? new FailedTry(ExchangeFailure.BACKEND_SILENT, afterSilence(exchange, body), cause)
                : new FailedTry(ExchangeFailure.BACKEND_CLOSED, afterClose(cause, connection, exchange, body), cause);
    }

    private static Remedy afterSilence(Exchange exchange, RequestBody body) {
        boolean isV1 = exchange.snapshot().configuration().gateway().isV1();
        boolean mayRepeat = isIdempotent(exchange)
                || exchange.snapshot()
                        .configuration()
                        .local()
                        .traffic()
                        .forwarding()
                        .retryNonIdempotent();
        return !isV1 && mayRepeat && body.isReplayable() ? Remedy.SEND_TO_OTHER : Remedy.NONE;
    }

    // An answer that broke off is one. Only without a byte of it may the backend have died before it had the request.
    private static Remedy afterClose(
            Exception cause, BackendConnection connection, Exchange exchange, RequestBody body) {
        if (connection.isAnswered() || cause instanceof BrokenHeadException) {
            return Remedy.NONE;
        }
        if (connection.isReused()) {
            boolean isUnsent = !body.isEmpty() && body.isUnsent(); // without its body no request has an effect
            boolean mayRepeat = isUnsent || (isIdempotent(exchange) && body.isReplayable());
            return mayRepeat ? Remedy.SEND_ANEW : Remedy.NONE;
        }
        return isIdempotent(exchange) && body.isEmpty() ? Remedy.SEND_TO_OTHER : Remedy.NONE;
    }

    private static boolean isIdempotent(Exchange exchange) {
        return IDEMPOTENT.contains(exchange.clientRequest().getMethod());
    }

    ExchangeFailure failure() {
        return failure;
    }

    Remedy remedy() {
        return remedy;
    }
}
