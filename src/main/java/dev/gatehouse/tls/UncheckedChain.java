package dev.gatehouse.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes any chain, because the user switched {@code validateCertChainAndExpiry} off; the name is still compared unless
 * that is off too (TLS-43). Thread-safe.
 */
final class UncheckedChain extends X509ExtendedTrustManager {
    private final boolean checksName;

    UncheckedChain(boolean checksName) {
        this.checksName = checksName;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (socket instanceof SSLSocket tls) {
            checkName(chain, tls.getHandshakeSession());
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkName(chain, engine.getHandshakeSession());
    }

    private void checkName(X509Certificate[] chain, SSLSession session) throws CertificateException {
        if (!checksName || !(session instanceof ExtendedSSLSession extended)) {
            return;
        }
        List<SNIServerName> names = extended.getRequestedServerNames();
        for (SNIServerName name : names) {
            String wanted = ServerNames.text(name);
            if (!CertificateNames.covers(chain[0], wanted)) {
                throw new CertificateException("certificate is for " + CertificateNames.of(chain[0])
                        + ", not for the name asked for, " + wanted);
            }
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no connection given");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("for backends only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("for backends only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("for backends only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
