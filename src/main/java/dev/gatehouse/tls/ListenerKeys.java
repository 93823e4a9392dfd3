package dev.gatehouse.tls;

import dev.gatehouse.model.CertificateSource;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import dev.gatehouse.tls.TlsConfigurationException.Fault;
import dev.gatehouse.tls.TlsConfigurationException.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds key and chain of Https listeners (TLS-1, TLS-2, CFG-21). The first of these decides: {@code certificates} of the
 * local file under the certificate's name, the same under its Key Vault address, {@code data} of the gateway file, the
 * local entry {@code *}. Confined to one load or plan.
 */
public final class ListenerKeys {
    /** The local entry for every certificate that has no key otherwise. */
    private static final String ANY = "*";

    private final Map<String, CertificateSource> local;
    private final Function<String, @Nullable String> environment;
    private final Clock clock;
    private final SelfSignedKeys selfSigned;

    /**
     * Creates one that reads the process's environment and clock, for looking: nothing it makes is kept.
     *
     * @param local where keys of this machine are named
     */
    public ListenerKeys(LocalSettings local) {
        this(local, SelfSignedKeys.none());
    }

    /**
     * Creates one that reads the process's environment and clock.
     *
     * @param local where keys of this machine are named
     * @param selfSigned keeps the certificates it makes
     */
    public ListenerKeys(LocalSettings local, SelfSignedKeys selfSigned) {
        this(local, System::getenv, Clock.systemUTC(), selfSigned);
    }

    /**
     * Creates one.
     *
     * @param local where keys of this machine are named
     * @param environment where passwords may be found, by variable
     * @param clock when certificates made at start begin to be valid
     */
    public ListenerKeys(LocalSettings local, Function<String, @Nullable String> environment, Clock clock) {
        this(local, environment, clock, SelfSignedKeys.none());
    }

    /**
     * Creates one.
     *
     * @param local where keys of this machine are named
     * @param environment where passwords may be found, by variable
     * @param clock when certificates made at start begin to be valid
     * @param selfSigned keeps the certificates it makes
     */
    public ListenerKeys(
            LocalSettings local,
            Function<String, @Nullable String> environment,
            Clock clock,
            SelfSignedKeys selfSigned) {
        this.local = local.certificates();
        this.environment = environment;
        this.clock = clock;
        this.selfSigned = selfSigned;
    }

    /**
     * Looks for the key of one listener.
     *
     * @param listener an Https listener
     * @return the key, or why there is none
     * @throws TlsConfigurationException if something supplies a key but it cannot be used: wrong password, unreadable
     *     file, key and certificate that do not belong together
     */
    public ListenerKey find(HttpListener listener) throws TlsConfigurationException {
        return find(listener, ListenerTls.DEFAULT);
    }

    /**
     * The same for a listener that does not offer what most do: a key that is made is one that its suites can use.
     *
     * @param listener an Https listener
     * @param offer versions and suites
     * @return the key, or why there is none
     * @throws TlsConfigurationException as above
     */
    public ListenerKey find(HttpListener listener, ListenerTls offer) throws TlsConfigurationException {
        @Nullable SslCertificate certificate = listener.sslCertificate();
        if (certificate == null) {
            return new ListenerKey.Missing("httpListeners/" + listener.name()
                    + " is Https but names no certificate; name one of sslCertificates");
        }
        ListenerKey key = look(certificate);
        return key instanceof ListenerKey.MadeAtStart ? make(certificate, listener.hostNames(), offer) : key;
    }

    /**
     * Looks for the key of a certificate, whoever uses it, without making one.
     *
     * @param certificate the certificate
     * @return the key, or why there is none yet
     * @throws TlsConfigurationException as for a listener
     */
    public ListenerKey look(SslCertificate certificate) throws TlsConfigurationException {
        Optional<String> entry = localEntry(certificate);
        Optional<ListenerKey> key = entry.isPresent() ? fromLocal(entry.get(), certificate) : fromData(certificate);
        if (key.isEmpty()) {
            key = fromLocal(ANY, certificate);
        }
        return key.orElseGet(() -> missing(certificate));
    }

    /**
     * The local entry that decides before {@code data} of the gateway file, if there is one.
     *
     * @param certificate the certificate
     * @return its key there, in lower case
     */
    public Optional<String> localEntry(SslCertificate certificate) {
        @Nullable String secret = certificate.keyVaultSecretId();
        return Optional.of(certificate.name().toLowerCase(Locale.ROOT))
                .filter(local::containsKey)
                .or(() -> Optional.ofNullable(secret)
                        .map(address -> address.toLowerCase(Locale.ROOT))
                        .filter(local::containsKey));
    }

    private Optional<ListenerKey> fromLocal(String entry, SslCertificate certificate) throws TlsConfigurationException {
        @Nullable CertificateSource source = local.get(entry);
        if (source == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(source));
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsConfigurationException(
                    "sslCertificates/" + certificate.name() + ": certificates[\"" + entry + "\"] of the local file",
                    new Fault(Part.LOCAL, SecretFiles.explain(e), "Correct the entry, or the file it names."),
                    e);
        }
    }

    private ListenerKey read(CertificateSource source) throws GeneralSecurityException, IOException {
        if (source instanceof CertificateSource.Pfx pfx) {
            return PrivateKeys.fromPfx(Files.readAllBytes(pfx.file()), SecretFiles.password(pfx, environment))
                    .orElseThrow(() -> new GeneralSecurityException(
                            pfx.file() + " holds no private key; export it from the store with its key and chain"));
        }
        if (source instanceof CertificateSource.Pem pem) {
            return PrivateKeys.ready(privateKey(pem), CertificateFiles.certificates(Files.readAllBytes(pem.file())));
        }
        return new ListenerKey.MadeAtStart();
    }

    private ListenerKey make(SslCertificate certificate, List<String> hostNames, ListenerTls offer)
            throws TlsConfigurationException {
        try {
            KeyType type = offer.takesEcKeys() ? KeyType.EC_P256 : KeyType.RSA_2048;
            return selfSigned.key(certificate, hostNames, type, clock.instant());
        } catch (GeneralSecurityException e) {
            throw new TlsConfigurationException(
                    "sslCertificates/" + certificate.name() + ": no self-signed certificate can be made: "
                            + e.getMessage(),
                    e);
        }
    }

    private static PrivateKey privateKey(CertificateSource.Pem pem) throws GeneralSecurityException, IOException {
        @Nullable Path file = pem.key();
        if (file == null) {
            throw new GeneralSecurityException("it names no private key; add \"key\" beside \"pem\"");
        }
        return CertificateFiles.privateKey(Files.readAllBytes(file));
    }

    // Data without a key is no better than no data: exports hold the public part only (TLS-5).
    private static Optional<ListenerKey> fromData(SslCertificate certificate) throws TlsConfigurationException {
        @Nullable String data = certificate.data();
        if (data == null || data.isBlank()) {
            return Optional.empty();
        }
        @Nullable String password = certificate.password();
        try {
            byte[] file = CertificateFiles.base64(data);
            return CertificateFiles.isCertificate(file)
                    ? Optional.empty()
                    : PrivateKeys.fromPfx(file, password == null ? "" : password);
        } catch (GeneralSecurityException | IOException e) {
            Part part = e instanceof PfxPasswordException ? Part.PASSWORD : Part.DATA;
            String cure = "Correct data and password, or name a key under certificates[\"" + certificate.name()
                    + "\"] of the local file.";
            throw new TlsConfigurationException(
                    "sslCertificates/" + certificate.name() + ".data",
                    new Fault(part, SecretFiles.explain(e), cure),
                    e);
        }
    }

    private static ListenerKey missing(SslCertificate certificate) {
        return new ListenerKey.Missing("sslCertificates/" + certificate.name()
                + " has no private key (an export never has one); name a PFX or PEM pair under certificates[\""
                + certificate.name() + "\"] of the local file, or {\"selfSigned\": true} for development");
    }
}
