package dev.gatehouse.health;

import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.tls.BackendCertificateException;
import dev.gatehouse.tls.BackendHandshake;
import dev.gatehouse.tls.CertificateNames;
import java.net.ConnectException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What to do about a backend whose TLS is refused. Stateless. */
final class BackendTlsCures {
    private BackendTlsCures() {}

    static String of(BackendHttpSettings settings, Optional<BackendHandshake> handshake) {
        if (handshake.isEmpty()) {
            return "Correct the name, or say under \"addresses\" of the local file where it is.";
        }
        BackendHandshake seen = handshake.get();
        Exception failure = seen.failure().orElseThrow();
        Optional<BackendCertificateException> refused = ProbeFailures.find(failure, BackendCertificateException.class);
        if (refused.isPresent()) {
            return ofCertificate(refused.get().fault(), settings, seen.chain());
        }
        if (seen.asksForCertificate()) {
            return "Let the backend do without a client's certificate: gateways have none to show it.";
        }
        if (failure instanceof SSLException
                && String.valueOf(failure.getMessage()).contains("unrecognized_name")) {
            return "Set hostName or sniName of " + settings.name() + " to a name that the backend knows.";
        }
        if (failure instanceof SSLException) {
            return "See whether it speaks TLS 1.2 or 1.3 on this port at all; if it speaks plain HTTP, make the protocol of"
                    + " " + settings.name() + " Http.";
        }
        return failure instanceof ConnectException
                ? "Start the backend, or correct its port."
                : "See whether the backend answers on this port.";
    }

    private static String ofCertificate(
            BackendCertificateException.Fault fault, BackendHttpSettings settings, List<X509Certificate> chain) {
        return switch (fault) {
            case NAME ->
                hasNames(chain.get(0))
                        ? "Set hostName or sniName of " + settings.name()
                                + " to a name that it has, or validateSNI to false."
                        : "Give the backend a certificate for the name, or set validateSNI of " + settings.name()
                                + " to false.";
            case DATE ->
                chain.stream().anyMatch(BackendTlsCures::isEarly)
                        ? "Wait, or correct the clock: it is " + Instant.now() + " on this machine."
                        : "Renew the certificate on the backend.";
            case INTERMEDIATE_MISSING ->
                "Let the backend send the certificate of " + issuer(chain) + " too. If that is a root, "
                        + upload(settings);
            case LEAF_MISSING, LEAF_NOT_FIRST -> "Let the backend send its own certificate first, then its issuers.";
            case NOT_PUBLIC, NOT_UPLOADED -> "To trust " + last(chain) + ", " + upload(settings);
            case OTHER -> "Give the backend a certificate that is meant for servers.";
        };
    }

    private static boolean hasNames(X509Certificate leaf) {
        try {
            return !CertificateNames.of(leaf).isEmpty();
        } catch (CertificateParsingException e) {
            return false; // names that cannot be read are none to choose from
        }
    }

    private static boolean isEarly(X509Certificate certificate) {
        return certificate.getNotBefore().toInstant().isAfter(Instant.now());
    }

    private static String upload(BackendHttpSettings settings) {
        return "upload it as one of trustedRootCertificates and name it in " + settings.name()
                + ", or name its file under \"trust\" of the local file.";
    }

    private static String issuer(List<X509Certificate> chain) {
        return chain.get(chain.size() - 1).getIssuerX500Principal().getName();
    }

    private static String last(List<X509Certificate> chain) {
        return chain.get(chain.size() - 1).getSubjectX500Principal().getName();
    }
}
