package dev.gatehouse.health;

import dev.gatehouse.tls.BackendCertificateException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/** Exceptions to the causes that operators tell apart (health-probes.md section 7). Stateless. */
final class ProbeFailures {
    private ProbeFailures() {}

    static ProbeResult of(Exception failure, ProbePhase phase, String address) {
        if (failure instanceof NoRouteToHostException) {
            return new ProbeResult(
                    ProbeCause.ADDRESS_NOT_REACHABLE, "No route to " + address + ": " + failure.getMessage() + ".");
        }
        if (failure instanceof ConnectException) {
            return new ProbeResult(
                    ProbeCause.PORT_NOT_REACHABLE, "No TCP connection to " + address + ": connection refused.");
        }
        if (failure instanceof SSLException) {
            return tls(failure, address);
        }
        return new ProbeResult(cause(failure), broken(failure, phase, address));
    }

    /** The connection ended and no exception says why. */
    static ProbeResult closed(ProbePhase phase, ProbeRequest request) {
        return new ProbeResult(
                ProbeCause.SERVER_NOT_REACHABLE,
                "The connection to " + request.address() + " was closed " + where(phase) + ".");
    }

    private static ProbeCause cause(Exception failure) {
        return failure instanceof RuntimeException ? ProbeCause.INTERNAL : ProbeCause.SERVER_NOT_REACHABLE;
    }

    private static String broken(Exception failure, ProbePhase phase, String address) {
        if (failure instanceof HttpException || failure instanceof MessageConstraintException) {
            return "The answer of " + address + " is not HTTP/1.1: " + failure.getMessage() + ".";
        }
        return "The connection to " + address + " broke " + where(phase) + ": " + failure.getMessage() + ".";
    }

    private static String where(ProbePhase phase) {
        return switch (phase) {
            case CONNECT -> "while it was being made";
            case TLS -> "during the TLS handshake";
            case HEAD -> "before it sent a complete response head";
            case BODY -> "before the end of the body";
        };
    }

    private static ProbeResult tls(Exception failure, String address) {
        return find(failure, BackendCertificateException.class)
                .map(found -> new ProbeResult(
                        cause(found.fault()), "The certificate of " + address + " " + found.predicate() + "."))
                .orElseGet(() -> new ProbeResult(
                        ProbeCause.TLS_FAILED,
                        "The TLS handshake with " + address + " failed: " + failure.getMessage() + "."));
    }

    private static ProbeCause cause(BackendCertificateException.Fault fault) {
        return switch (fault) {
            case NAME -> ProbeCause.CERTIFICATE_NAME;
            case NOT_UPLOADED -> ProbeCause.CERTIFICATE_ROOT;
            case NOT_PUBLIC -> ProbeCause.CERTIFICATE_ISSUER;
            case DATE, INTERMEDIATE_MISSING, LEAF_MISSING, LEAF_NOT_FIRST, OTHER -> ProbeCause.CERTIFICATE_INVALID;
        };
    }

    /** The first exception of a kind, the failure itself or below it. */
    static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }
}
