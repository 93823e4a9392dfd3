package dev.gatehouse.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/** Refuses what another trust manager refuses, and tells why in plain words. Thread-safe. */
final class ToldTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private final boolean hasOwnRoots;

    ToldTrust(X509ExtendedTrustManager judge, boolean hasOwnRoots) {
        this.judge = judge;
        this.hasOwnRoots = hasOwnRoots;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        try {
            judge.checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            throw told(e, chain, socket instanceof SSLSocket tls ? wanted(tls.getHandshakeSession()) : "(unknown)");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            judge.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw told(e, chain, wanted(engine.getHandshakeSession()));
        }
    }

    private CertificateException told(CertificateException refusal, X509Certificate[] chain, String wanted)
            throws CertificateException {
        return new ChainFaults(refusal, List.of(chain), List.of(judge.getAcceptedIssuers()), hasOwnRoots).told(wanted);
    }

    private static String wanted(SSLSession session) {
        return session instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                        .orElse("(none)")
                : "(unknown)";
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
