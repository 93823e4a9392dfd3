package dev.gatehouse.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/** Refuses what another trust manager refuses, and tells why in plain words. Thread-safe. */
final class ToldTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private final boolean hasOwnRoots;
    private final boolean checksNames;

    ToldTrust(X509ExtendedTrustManager judge, boolean hasOwnRoots, boolean checksNames) {
        this.judge = judge;
        this.hasOwnRoots = hasOwnRoots;
        this.checksNames = checksNames;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        Optional<SNIServerName> wanted =
                socket instanceof SSLSocket tls ? wanted(tls.getHandshakeSession()) : Optional.empty();
        try {
            judge.checkServerTrusted(chain, authType, socket);
            checkUnusual(chain[0], wanted);
        } catch (CertificateException e) {
            throw told(e, chain, wanted);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        Optional<SNIServerName> wanted = wanted(engine.getHandshakeSession());
        try {
            judge.checkServerTrusted(chain, authType, engine);
            checkUnusual(chain[0], wanted);
        } catch (CertificateException e) {
            throw told(e, chain, wanted);
        }
    }

    // The JDK compares all others, by the parameters of the connection.
    private void checkUnusual(X509Certificate leaf, Optional<SNIServerName> wanted) throws CertificateException {
        if (checksNames && wanted.isPresent()) {
            ServerNames.checkUnusual(leaf, wanted.get());
        }
    }

    private CertificateException told(
            CertificateException refusal, X509Certificate[] chain, Optional<SNIServerName> wanted)
            throws CertificateException {
        return new ChainFaults(refusal, List.of(chain), List.of(judge.getAcceptedIssuers()), hasOwnRoots)
                .told(wanted.map(ServerNames::text).orElse("(none)"));
    }

    private static Optional<SNIServerName> wanted(SSLSession session) {
        return session instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream().findFirst()
                : Optional.empty();
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
