package dev.gatehouse.tls;

import dev.gatehouse.tls.BackendCertificateException.Fault;
import java.net.Socket;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes a backend whose certificate has the key of one that was uploaded, whatever its chain, name and dates, as v1
 * gateways do (TLS-45). Immutable, thread-safe.
 */
final class PinnedKeys extends X509ExtendedTrustManager {
    private final List<X509Certificate> allowed;
    private final Set<PublicKey> keys;

    /**
     * Creates one.
     *
     * @param allowed at least one certificate
     */
    PinnedKeys(List<X509Certificate> allowed) {
        this.allowed = List.copyOf(allowed);
        this.keys = allowed.stream().map(X509Certificate::getPublicKey).collect(Collectors.toUnmodifiableSet());
    }

    private void check(X509Certificate[] chain) throws BackendCertificateException {
        if (!keys.contains(chain[0].getPublicKey())) {
            throw new BackendCertificateException(
                    Fault.NOT_UPLOADED,
                    "is none of the authenticationCertificates of its settings: it is " + CertificateText.of(chain[0])
                            + "; allowed is "
                            + allowed.stream().map(CertificateText::of).collect(Collectors.joining(" or ")),
                    new CertificateException("not pinned"));
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("for backends only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("for backends only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("for backends only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return allowed.toArray(X509Certificate[]::new);
    }
}
