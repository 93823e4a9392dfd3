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
 * @param authenticationCertificates the certificates one of which a backend must show, v1 only (TLS-45); they count only
 *     where there are no trusted roots
 */
public record BackendTlsRules(
        List<TrustedRootCertificate> trustedRootCertificates,
        boolean validateCertChainAndExpiry,
        boolean validateSni,
        @Nullable String sniName,
        List<AuthenticationCertificate> authenticationCertificates) {
    /** Public roots, everything checked. */
    public static final BackendTlsRules DEFAULT = new BackendTlsRules(List.of(), true, true, null);

    public BackendTlsRules {
        trustedRootCertificates = List.copyOf(trustedRootCertificates);
        authenticationCertificates = List.copyOf(authenticationCertificates);
    }

    /**
     * Rules without authentication certificates.
     *
     * @param trustedRootCertificates as above
     * @param validateCertChainAndExpiry as above
     * @param validateSni as above
     * @param sniName as above
     */
    public BackendTlsRules(
            List<TrustedRootCertificate> trustedRootCertificates,
            boolean validateCertChainAndExpiry,
            boolean validateSni,
            @Nullable String sniName) {
        this(trustedRootCertificates, validateCertChainAndExpiry, validateSni, sniName, List.of());
    }
}
