package dev.gatehouse.proxy;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.upstream.AbandonedException;
import dev.gatehouse.upstream.BackendConnection;
import dev.gatehouse.upstream.RequestBodyException;
import dev.gatehouse.upstream.StaleConnectionException;
import dev.gatehouse.upstream.Upstream;
import java.net.SocketTimeoutException;
import java.util.Optional;
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

    /** What a second try may do. */
    enum Remedy {
        /** Nothing: the request may have had its effect. */
        NONE,
        /** Ask another member. */
        OTHER_MEMBER,
        /** Ask the same member on a new connection: the pooled one had died unnoticed. */
        NEW_CONNECTION;

        Optional<Upstream> memberFor(Exchange exchange, Upstream tried) {
            return switch (this) {
                case NONE -> Optional.empty();
                case OTHER_MEMBER -> exchange.selectOther(tried);
                case NEW_CONNECTION -> {
                    exchange.pool().client().dropIdle(); // its neighbours in the pool died with it
                    yield Optional.of(tried);
                }
            };
        }
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
            return new FailedTry(ExchangeFailure.BACKEND_CLOSED, Remedy.NEW_CONNECTION, cause); // nothing was sent
        }
        if (cause instanceof HttpException || cause instanceof MessageConstraintException) {
            return new FailedTry(ExchangeFailure.BACKEND_MALFORMED, Remedy.NONE, cause);
        }
        boolean repeatable = IDEMPOTENT.contains(exchange.clientRequest().getMethod()) && body.isReplayable();
        if (cause instanceof SocketTimeoutException) {
            boolean again = repeatable && !isV1(exchange);
            return new FailedTry(ExchangeFailure.BACKEND_SILENT, again ? Remedy.OTHER_MEMBER : Remedy.NONE, cause);
        }
        boolean died = connection.isReused() && !connection.isAnswered();
        return new FailedTry(
                ExchangeFailure.BACKEND_CLOSED, died && repeatable ? Remedy.NEW_CONNECTION : Remedy.NONE, cause);
    }

    private static boolean isV1(Exchange exchange) {
        return exchange.snapshot().configuration().gateway().isV1();
    }

    ExchangeFailure failure() {
        return failure;
    }

    Remedy remedy() {
        return remedy;
    }
}
