package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * The CA chain that clients' certificates may end in (section 4.5, TLS-35). Immutable.
 *
 * @param name unique name
 * @param data base64 of a PEM or CER file with the whole chain, root included; absent where the local file's
 *     {@code trust} supplies it
 */
public record TrustedClientCertificate(
        String name, @Nullable String data) {
    public TrustedClientCertificate {
        Checks.named("trustedClientCertificates.name", name);
    }
}
