package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * The key and certificate of an HTTPS listener (section 4.5). Exports from Azure hold no key; then the local file's
 * {@code certificates} must supply one (CFG-21). Immutable; {@code toString} shows no secret.
 *
 * @param name unique name
 * @param data base64 of a PFX (PKCS#12) file with key and chain, absent in exports
 * @param password the PFX password; absent means empty
 * @param keyVaultSecretId address of the Key Vault secret, a look-up key for the local file
 */
public record SslCertificate(
        String name,
        @Nullable String data,
        @Nullable String password,
        @Nullable String keyVaultSecretId) {
    public SslCertificate {
        Checks.named("sslCertificates.name", name);
    }

    @Override
    public String toString() {
        return "SslCertificate[name=" + name + ", data=" + (data == null ? "absent" : "***") + "]";
    }
}
