package dev.gatehouse.observe;

import dev.gatehouse.exchange.AccessRecord;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.FailurePhase;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.upstream.ProbeRecord;
import dev.gatehouse.upstream.Upstream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, told to people: where, with whom, what its probe said last, what to do. Immutable.
 *
 * @param failure how it failed
 * @param phase where on the way to a backend; empty if not there
 * @param words what happened, with the particulars that are known
 * @param member who was asked last; empty if nobody was
 * @param lastProbe what the member's probe said last; empty if there is no member, or no probe yet
 * @param cure what to do about it; empty if that is for the client
 */
public record FailureAccount(
        ExchangeFailure failure,
        Optional<FailurePhase> phase,
        String words,
        String member,
        String lastProbe,
        String cure) {
    private static final int MAX_TEXT = 200;

    /**
     * Tells of a request.
     *
     * @param record of the request
     * @return empty if it did not fail
     */
    public static Optional<FailureAccount> of(AccessRecord record) {
        return record.failure().map(failure -> of(record, failure));
    }

    private static FailureAccount of(AccessRecord record, ExchangeFailure failure) {
        Optional<Upstream> member = record.exchange().flatMap(Exchange::upstream);
        return new FailureAccount(
                failure,
                record.phase(),
                words(failure, record.cause()),
                member.map(Upstream::toString).orElse(""),
                member.flatMap(Upstream::lastProbe).map(ProbeRecord::log).orElse(""),
                cure(failure, record));
    }

    private static String words(ExchangeFailure failure, @Nullable Throwable cause) {
        @Nullable String message = cause == null ? null : cause.getMessage();
        return message == null ? failure.words() : failure.words() + " (" + LogText.shorten(message, MAX_TEXT) + ")";
    }

    private static String cure(ExchangeFailure failure, AccessRecord record) {
        String settings = record.exchange()
                .filter(exchange -> exchange.route().forwardIndex() >= 0)
                .map(exchange -> exchange.pool().settings())
                .map(FailureAccount::named)
                .orElse("the backend settings");
        return switch (failure) {
            case NO_LIVE_BACKEND ->
                "See GET /backend-health of the admin address: it says what is wrong with each member.";
            case BACKEND_NAME_UNKNOWN ->
                "Correct the member's name, or say under \"addresses\" of the local file where it is.";
            case BACKEND_CONNECT_REFUSED -> "Start the backend, or correct its port in " + settings + ".";
            case BACKEND_CONNECT_TIMEOUT -> "See what keeps packets from the backend: a firewall, a wrong address.";
            case BACKEND_TLS -> "Run gatehouse tls-check: it says what was compared and what would mend it.";
            case BACKEND_CONNECTIONS_EXHAUSTED -> "Add members, or make the backend answer sooner.";
            case BACKEND_SILENT -> "Make the backend answer sooner, or raise requestTimeout of " + settings + ".";
            case BACKEND_CLOSED -> "See the backend's own log: it ended the connection instead of answering.";
            case BACKEND_MALFORMED, BACKEND_HANDSHAKE_INVALID ->
                "See whether the backend speaks HTTP/1.1 on this port, and the protocol of " + settings + ".";
            case BACKEND_BODY_BROKEN -> "See the backend's own log: it ended the connection within its answer.";
            case TOKEN_KEYS_UNAVAILABLE -> "See whether the issuer's keys can be reached from here.";
            case NOT_READY -> "Wait until the gateway has started, or send clients to another one while it stops.";
            case CLIENTS_EXHAUSTED -> "Raise limits.connections of the local file, or add gateways.";
            case INTERNAL -> "Report it with the stack trace in the log: it is a defect of the gateway.";
            default -> "";
        };
    }

    private static String named(BackendHttpSettings settings) {
        return "backend settings \"" + settings.name() + '"';
    }
}
