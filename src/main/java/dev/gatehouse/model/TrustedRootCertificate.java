package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * A root that backends' certificates may end in (section 4.5, TLS-41). Immutable.
 *
 * @param name unique name
 * @param data base64 of a CER file (DER or PEM), absent where the local file's {@code trust} supplies it
 * @param keyVaultSecretId address of the Key Vault secret, or absent
 */
public record TrustedRootCertificate(
        String name, @Nullable String data, @Nullable String keyVaultSecretId) {
    public TrustedRootCertificate {
        Checks.named("trustedRootCertificates.name", name);
    }
}
