package dev.gatehouse.tls;

import dev.gatehouse.model.CertificateSource;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
 * local entry {@code *}. Thread-safe.
 */
public final class ListenerKeys {
    private final Map<String, CertificateSource> local;
    private final Function<String, @Nullable String> environment;
    private final Clock clock;

    /**
     * Creates one that reads the process's environment and clock.
     *
     * @param local where keys of this machine are named
     */
    public ListenerKeys(LocalSettings local) {
        this(local, System::getenv, Clock.systemUTC());
    }

    ListenerKeys(LocalSettings local, Function<String, @Nullable String> environment, Clock clock) {
        this.local = local.certificates();
        this.environment = environment;
        this.clock = clock;
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
        @Nullable SslCertificate certificate = listener.sslCertificate();
        if (certificate == null) {
            return new ListenerKey.Missing("httpListeners/" + listener.name()
                    + " is Https but names no certificate; name one of sslCertificates");
        }
        Optional<ListenerKey> key = named(certificate, listener);
        if (key.isEmpty()) {
            key = fromData(certificate);
        }
        if (key.isEmpty()) {
            key = fromLocal("*", certificate, listener);
        }
        return key.orElseGet(() -> missing(certificate));
    }

    private Optional<ListenerKey> named(SslCertificate certificate, HttpListener listener)
            throws TlsConfigurationException {
        Optional<ListenerKey> byName = fromLocal(certificate.name(), certificate, listener);
        @Nullable String secret = certificate.keyVaultSecretId();
        return byName.isPresent() || secret == null ? byName : fromLocal(secret, certificate, listener);
    }

    private Optional<ListenerKey> fromLocal(String entry, SslCertificate certificate, HttpListener listener)
            throws TlsConfigurationException {
        @Nullable CertificateSource source = local.get(entry.toLowerCase(Locale.ROOT));
        if (source == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(source, listener));
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsConfigurationException(
                    "sslCertificates/" + certificate.name() + ": certificates[\"" + entry
                            + "\"] of the local file cannot be used: " + explain(e),
                    e);
        }
    }

    private ListenerKey read(CertificateSource source, HttpListener listener)
            throws GeneralSecurityException, IOException {
        if (source instanceof CertificateSource.Pfx pfx) {
            return PrivateKeys.fromPfx(Files.readAllBytes(pfx.file()), password(pfx))
                    .orElseThrow(() -> new GeneralSecurityException(
                            pfx.file() + " holds no private key; export it from the store with its key and chain"));
        }
        if (source instanceof CertificateSource.Pem pem) {
            return PrivateKeys.ready(privateKey(pem), CertificateFiles.certificates(Files.readAllBytes(pem.file())));
        }
        SelfSignedCertificate made =
                SelfSignedCertificate.create(KeyType.EC_P256, listener.hostNames(), clock.instant());
        return PrivateKeys.ready(made.privateKey(), List.of(made.certificate()));
    }

    private static PrivateKey privateKey(CertificateSource.Pem pem) throws GeneralSecurityException, IOException {
        @Nullable Path file = pem.key();
        if (file == null) {
            throw new GeneralSecurityException("it names no private key; add \"key\" beside \"pem\"");
        }
        return CertificateFiles.privateKey(Files.readAllBytes(file));
    }

    private String password(CertificateSource.Pfx pfx) throws GeneralSecurityException, IOException {
        @Nullable String variable = pfx.passwordEnv();
        if (variable != null) {
            @Nullable String value = environment.apply(variable);
            if (value == null) {
                throw new GeneralSecurityException("the environment variable " + variable + " is not set");
            }
            return value;
        }
        @Nullable Path file = pfx.passwordFile();
        return file == null ? "" : Files.readString(file).lines().findFirst().orElse("");
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
            throw new TlsConfigurationException(
                    "sslCertificates/" + certificate.name() + ".data cannot be used: " + explain(e)
                            + " Correct data and password, or name a key under certificates[\"" + certificate.name()
                            + "\"] of the local file.",
                    e);
        }
    }

    private static ListenerKey missing(SslCertificate certificate) {
        return new ListenerKey.Missing("sslCertificates/" + certificate.name()
                + " has no private key (an export never has one); name a PFX or PEM pair under certificates[\""
                + certificate.name() + "\"] of the local file, or {\"selfSigned\": true} for development");
    }

    private static String explain(Exception e) {
        if (e instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile() + ".";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be read by this user.";
        }
        return e.getMessage() + ".";
    }
}
