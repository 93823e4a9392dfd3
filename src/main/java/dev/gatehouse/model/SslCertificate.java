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
 * @param publicCertData base64 of the chain alone, as exports print it; it opens nothing
 * @param hsmKeyId address of a key that never leaves its HSM, so that the local file must supply another
 */
public record SslCertificate(
        String name,
        @Nullable String data,
        @Nullable String password,
        @Nullable String keyVaultSecretId,
        @Nullable String publicCertData,
        @Nullable String hsmKeyId) {
    public SslCertificate {
        Checks.named("sslCertificates.name", name);
    }

    /**
     * A certificate with its own key, or one from a Key Vault.
     *
     * @param name as above
     * @param data as above
     * @param password as above
     * @param keyVaultSecretId as above
     */
    public SslCertificate(
            String name, @Nullable String data, @Nullable String password, @Nullable String keyVaultSecretId) {
        this(name, data, password, keyVaultSecretId, null, null);
    }

    @Override
    public String toString() {
        return "SslCertificate[name=" + name + ", data=" + (data == null ? "absent" : "***") + "]";
    }
}
