package dev.gatehouse.observe;

import dev.gatehouse.exchange.AccessRecord;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.upstream.Upstream;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One line for each exchange that failed, written where the failure is decided: who, where, why, after how long. Never
 * a body, cookie or credential. Thread-safe.
 */
public final class ExchangeLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.exchange");
    private static final int MAX_TEXT = 200;

    /**
     * An exchange failed after it had a route.
     *
     * @param exchange which
     * @param failure how
     * @param cause what was thrown, or null if nothing was
     */
    public void failed(Exchange exchange, ExchangeFailure failure, @Nullable Throwable cause) {
        exchange.record().failed(failure, cause);
        Level level = levelOf(failure);
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        HttpServletRequest request = exchange.clientRequest();
        Optional<FailureAccount> account = FailureAccount.of(exchange.record());
        StringBuilder line = new StringBuilder(256)
                .append(failure.name())
                .append(' ')
                .append(failure.status(
                        exchange.snapshot().configuration().gateway().isV1()))
                .append(": ")
                .append(failure.words());
        appendCause(line, cause);
        account.flatMap(FailureAccount::phase)
                .ifPresent(phase -> line.append(" while ").append(phase.words()));
        line.append("; ").append(request.getMethod()).append(' ').append(shorten(request.getRequestURI()));
        line.append(" host=").append(exchange.host());
        line.append(" rule=").append(exchange.route().rule().name());
        if (exchange.route().forwardIndex() >= 0) {
            line.append(" pool=").append(exchange.pool());
        }
        line.append(" backend=")
                .append(exchange.upstream().map(Upstream::toString).orElse("-"));
        line.append(" try=").append(exchange.tries());
        line.append(" elapsed=").append(exchange.elapsed().toMillis()).append("ms");
        line.append(" id=").append(exchange.traceId());
        account.filter(known -> failure.phase().isPresent()).ifPresent(known -> appendAdvice(line, known));
        LOG.atLevel(level)
                .setCause(failure == ExchangeFailure.INTERNAL ? cause : null)
                .log(line.toString());
    }

    /**
     * A request was refused before it had a route.
     *
     * @param request which
     * @param failure why
     */
    public void refused(HttpServletRequest request, ExchangeFailure failure) {
        AccessRecord.of(request).failed(failure, null);
        Level level = levelOf(failure);
        if (LOG.isEnabledForLevel(level)) {
            LOG.atLevel(level)
                    .log(
                            "{} {}: {}; {} {} host={} port={} client={}",
                            failure.name(),
                            failure.status(),
                            failure.words(),
                            shorten(String.valueOf(request.getMethod())),
                            shorten(String.valueOf(request.getRequestURI())),
                            shorten(String.valueOf(request.getHeader("Host"))),
                            request.getLocalPort(),
                            request.getRemoteAddr());
        }
    }

    /**
     * A connection was refused before it held a request.
     *
     * @param failure why
     * @param client address of the client
     * @param port port it connected to
     */
    public void refused(ExchangeFailure failure, String client, int port) {
        LOG.info("{} {}: {}; port={} client={}", failure.name(), failure.status(), failure.words(), port, client);
    }

    /**
     * Something of ours broke before the request had a route.
     *
     * @param request which
     * @param traceId what the client was told (REQ-50)
     * @param cause what was thrown
     */
    public void broken(HttpServletRequest request, String traceId, Throwable cause) {
        AccessRecord.of(request).failed(ExchangeFailure.INTERNAL, cause);
        LOG.error(
                "{} {}: {}; {} {} id={}",
                ExchangeFailure.INTERNAL.name(),
                ExchangeFailure.INTERNAL.status(),
                ExchangeFailure.INTERNAL.words(),
                shorten(String.valueOf(request.getMethod())),
                shorten(String.valueOf(request.getRequestURI())),
                traceId,
                cause);
    }

    private static Level levelOf(ExchangeFailure failure) {
        if (failure == ExchangeFailure.INTERNAL) {
            return Level.ERROR;
        }
        return failure.isClientsFault() ? Level.INFO : Level.WARN;
    }

    private static void appendAdvice(StringBuilder line, FailureAccount account) {
        if (!account.lastProbe().isEmpty()) {
            line.append("; last probe: ").append(shorten(account.lastProbe()));
        }
        line.append("; cure: ").append(account.cure());
    }

    private static void appendCause(StringBuilder line, @Nullable Throwable cause) {
        if (cause != null) {
            @Nullable String message = cause.getMessage();
            line.append(" (").append(cause.getClass().getSimpleName());
            line.append(message == null ? "" : ": " + shorten(message)).append(')');
        }
    }

    private static String shorten(String text) {
        return LogText.shorten(text, MAX_TEXT);
    }
}
