package dev.gatehouse.tls;

import dev.gatehouse.model.AuthenticationCertificate;
import dev.gatehouse.model.CertificateSource;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.TrustedClientCertificate;
import dev.gatehouse.model.TrustedRootCertificate;
import dev.gatehouse.tls.TlsConfigurationException.Fault;
import dev.gatehouse.tls.TlsConfigurationException.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Certificates without keys: roots of backends, CAs of clients, allowed backend certificates (TLS-35, TLS-41, TLS-45).
 * {@code trust} of the local file decides, by name and then by Key Vault address, before {@code data} of the gateway
 * file. Thread-safe.
 */
public final class TrustMaterial {
    private final Map<String, CertificateSource> local;
    private final Function<String, @Nullable String> environment;

    /**
     * Creates one.
     *
     * @param local where files of this machine are named
     * @param environment where passwords may be found, by variable
     */
    public TrustMaterial(LocalSettings local, Function<String, @Nullable String> environment) {
        this.local = local.trust();
        this.environment = environment;
    }

    /**
     * The local entry that decides, if there is one.
     *
     * @param name of the object
     * @param secret its Key Vault address, or null
     * @return the key under {@code trust}, in lower case
     */
    public Optional<String> localEntry(String name, @Nullable String secret) {
        return Optional.of(name.toLowerCase(Locale.ROOT))
                .filter(local::containsKey)
                .or(() -> Optional.ofNullable(secret)
                        .map(address -> address.toLowerCase(Locale.ROOT))
                        .filter(local::containsKey));
    }

    /**
     * Opens a root of backends.
     *
     * @param root the root
     * @return its certificates; empty if nothing supplies any
     * @throws TlsConfigurationException if what supplies them cannot be read
     */
    public List<X509Certificate> certificates(TrustedRootCertificate root) throws TlsConfigurationException {
        return read("trustedRootCertificates", root.name(), root.data(), root.keyVaultSecretId());
    }

    /**
     * Opens the CAs of clients.
     *
     * @param client the upload
     * @return its certificates; empty if nothing supplies any
     * @throws TlsConfigurationException if what supplies them cannot be read
     */
    public List<X509Certificate> certificates(TrustedClientCertificate client) throws TlsConfigurationException {
        return read("trustedClientCertificates", client.name(), client.data(), null);
    }

    /**
     * Opens an allowed backend certificate.
     *
     * @param allowed the certificate
     * @return it; empty if nothing supplies it
     * @throws TlsConfigurationException if what supplies it cannot be read
     */
    public List<X509Certificate> certificates(AuthenticationCertificate allowed) throws TlsConfigurationException {
        return read("authenticationCertificates", allowed.name(), allowed.data(), null);
    }

    private List<X509Certificate> read(String kind, String name, @Nullable String data, @Nullable String secret)
            throws TlsConfigurationException {
        Optional<String> entry = localEntry(name, secret);
        try {
            if (entry.isPresent()) {
                return read(local.get(entry.get()));
            }
            return data == null || data.isBlank()
                    ? List.of()
                    : CertificateFiles.certificates(CertificateFiles.base64(data));
        } catch (GeneralSecurityException | IOException e) {
            String object =
                    entry.map(key -> "trust[\"" + key + "\"] of the local file").orElse(kind + "/" + name + ".data");
            Part part = entry.isPresent() ? Part.LOCAL : Part.DATA;
            String cure =
                    "Give the base64 of a CER file, or name a file under trust[\"" + name + "\"] of the local file.";
            throw new TlsConfigurationException(
                    object,
                    new Fault(
                            part,
                            SecretFiles.explain(e),
                            part == Part.LOCAL ? "Correct the entry, or the file it names." : cure),
                    e);
        }
    }

    private List<X509Certificate> read(@Nullable CertificateSource source)
            throws GeneralSecurityException, IOException {
        if (source instanceof CertificateSource.Pem pem) {
            return CertificateFiles.certificates(Files.readAllBytes(pem.file()));
        }
        if (source instanceof CertificateSource.Pfx pfx) {
            return PrivateKeys.certificates(Files.readAllBytes(pfx.file()), SecretFiles.password(pfx, environment));
        }
        throw new GeneralSecurityException("it names no certificate");
    }
}
