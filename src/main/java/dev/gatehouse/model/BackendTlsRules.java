package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the certificate of an Https backend is judged (TLS-40 to TLS-43). Immutable.
 *
 * @param trustedRootCertificates the only roots accepted; empty means the JVM's public roots
 * @param validateCertChainAndExpiry check chain and dates; default true
 * @param validateSni check the name; default true
 * @param sniName name to send as SNI and to check, absent to take it from the host rules
 */
public record BackendTlsRules(
        List<TrustedRootCertificate> trustedRootCertificates,
        boolean validateCertChainAndExpiry,
        boolean validateSni,
        @Nullable String sniName) {
    /** Public roots, everything checked. */
    public static final BackendTlsRules DEFAULT = new BackendTlsRules(List.of(), true, true, null);

    public BackendTlsRules {
        trustedRootCertificates = List.copyOf(trustedRootCertificates);
    }
}
