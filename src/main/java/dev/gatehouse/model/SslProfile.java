package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the listeners that name it: a policy of their own, mutual TLS, or both (section 4.6). Immutable.
 *
 * @param name unique name
 * @param sslPolicy policy of its listeners, absent to take the gateway's
 * @param trustedClientCertificates the CAs of clients' certificates (TLS-35)
 * @param clientAuthentication whether and how clients must show a certificate
 */
public record SslProfile(
        String name,
        @Nullable SslPolicy sslPolicy,
        List<TrustedClientCertificate> trustedClientCertificates,
        ClientAuthentication clientAuthentication) {
    public SslProfile {
        Checks.named("sslProfiles.name", name);
        trustedClientCertificates = List.copyOf(trustedClientCertificates);
    }
}
