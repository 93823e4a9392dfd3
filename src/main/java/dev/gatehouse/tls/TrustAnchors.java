package dev.gatehouse.tls;

import dev.gatehouse.model.AuthenticationCertificate;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.TrustedRootCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Roots to a trust manager (TLS-41): uploaded ones alone if there are any, else the JVM's. Stateless. */
final class TrustAnchors {
    private TrustAnchors() {}

    static X509ExtendedTrustManager manager(List<TrustedRootCertificate> roots, LocalSettings local)
            throws GeneralSecurityException, IOException, TlsConfigurationException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(roots.isEmpty() ? null : store(roots, local));
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this JVM has no X.509 trust manager");
    }

    /** The certificates that backends may show themselves (TLS-45). */
    static List<X509Certificate> allowed(List<AuthenticationCertificate> certificates, LocalSettings local)
            throws GeneralSecurityException, TlsConfigurationException {
        TrustMaterial material = new TrustMaterial(local, System::getenv);
        List<X509Certificate> allowed = new ArrayList<>();
        for (AuthenticationCertificate certificate : certificates) {
            List<X509Certificate> read = material.certificates(certificate);
            if (read.isEmpty()) {
                throw new GeneralSecurityException("authenticationCertificates/" + certificate.name()
                        + " has no data; name a PEM file for it under \"trust\" in the local file");
            }
            allowed.add(read.get(0)); // the backend's own; what follows it is its chain
        }
        return allowed;
    }

    private static KeyStore store(List<TrustedRootCertificate> roots, LocalSettings local)
            throws GeneralSecurityException, IOException, TlsConfigurationException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        TrustMaterial material = new TrustMaterial(local, System::getenv);
        for (TrustedRootCertificate root : roots) {
            int number = 0;
            List<X509Certificate> certificates = material.certificates(root);
            if (certificates.isEmpty()) {
                throw new GeneralSecurityException("trustedRootCertificates/" + root.name()
                        + " has no data; name a PEM file for it under \"trust\" in the local file");
            }
            for (X509Certificate certificate : certificates) {
                store.setCertificateEntry(root.name() + "-" + number++, certificate);
            }
        }
        return store;
    }
}
