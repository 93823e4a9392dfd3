package dev.gatehouse.health;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/** Exceptions to the causes that operators tell apart (health-probes.md section 7). Stateless. */
final class ProbeFailures {
    private ProbeFailures() {}

    static ProbeResult of(Exception failure, ProbePhase phase, ProbeRequest request) {
        String address = request.address();
        if (failure instanceof NoRouteToHostException) {
            return new ProbeResult(
                    ProbeCause.ADDRESS_NOT_REACHABLE, "No route to " + address + ": " + failure.getMessage() + ".");
        }
        if (failure instanceof ConnectException) {
            return new ProbeResult(
                    ProbeCause.PORT_NOT_REACHABLE, "No TCP connection to " + address + ": connection refused.");
        }
        if (failure instanceof SSLException) {
            return tls(failure, request);
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

    private static ProbeResult tls(Exception failure, ProbeRequest request) {
        String address = request.address();
        Optional<CertificateException> date = find(failure, CertificateExpiredException.class)
                .<CertificateException>map(found -> found)
                .or(() -> find(failure, CertificateNotYetValidException.class));
        if (date.isPresent()) {
            boolean isExpired = date.get() instanceof CertificateExpiredException;
            return new ProbeResult(
                    ProbeCause.CERTIFICATE_INVALID,
                    "The certificate of " + address + " or of one of its issuers "
                            + (isExpired ? "has expired" : "is not yet valid") + ": "
                            + date.get().getMessage() + ".");
        }
        if (isUntrusted(failure)) {
            return untrusted(request);
        }
        return find(failure, CertificateException.class)
                .map(found -> certificate(found, request))
                .orElseGet(() -> new ProbeResult(
                        ProbeCause.TLS_FAILED,
                        "The TLS handshake with " + address + " failed: " + failure.getMessage() + "."));
    }

    // A root of the right name with another key is a wrong root too.
    private static boolean isUntrusted(Exception failure) {
        return find(failure, CertPathBuilderException.class).isPresent()
                || find(failure, CertPathValidatorException.class)
                        .filter(found -> found.getReason() == BasicReason.INVALID_SIGNATURE)
                        .isPresent();
    }

    private static ProbeResult untrusted(ProbeRequest request) {
        boolean hasOwnRoots = request.hasOwnRoots();
        return new ProbeResult(
                hasOwnRoots ? ProbeCause.CERTIFICATE_ROOT : ProbeCause.CERTIFICATE_ISSUER,
                "The certificate of " + request.address() + " leads to "
                        + (hasOwnRoots
                                ? "none of the trustedRootCertificates of its settings"
                                : "no public root, and its settings have no trustedRootCertificates")
                        + "; the root or an intermediate may be missing.");
    }

    // Of the JDK's checks and ours, only the one that compares names throws the bare class.
    private static ProbeResult certificate(CertificateException found, ProbeRequest request) {
        boolean isAboutName = found.getClass() == CertificateException.class;
        return new ProbeResult(
                isAboutName ? ProbeCause.CERTIFICATE_NAME : ProbeCause.CERTIFICATE_INVALID,
                "The certificate of " + request.address()
                        + (isAboutName
                                ? " is not for the name " + request.serverName().orElse("(none)")
                                : " was not accepted")
                        + ": " + found.getMessage() + ".");
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }
}
