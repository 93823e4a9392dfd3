package dev.gatehouse.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What becomes of one TLS handshake with a backend, told in full whether it is accepted or refused. Immutable.
 *
 * @param protocol JSSE name of the version agreed upon; empty if the handshake failed
 * @param cipherSuite JSSE name of the suite agreed upon; empty if the handshake failed
 * @param chain what the backend sent, in its order; empty if it came to no certificate
 * @param asksForCertificate whether it asked for a certificate, and gateways have none to show (TLS-37)
 * @param failure what was thrown; empty if the backend was accepted
 */
public record BackendHandshake(
        Optional<String> protocol,
        Optional<String> cipherSuite,
        List<X509Certificate> chain,
        boolean asksForCertificate,
        Optional<IOException> failure) {
    private static final Duration LATE_REFUSAL = Duration.ofMillis(500);

    public BackendHandshake {
        chain = List.copyOf(chain);
    }

    /**
     * Connects, makes the handshake and leaves.
     *
     * @param tls judges the backend, as for live traffic
     * @param serverName name to send and to check; empty sends none
     * @param target where to connect
     * @param limit longest time, from connecting to the end
     * @return what was seen
     */
    public static BackendHandshake with(
            BackendTls tls, Optional<String> serverName, InetSocketAddress target, Duration limit) {
        Witness witness = new Witness(tls.judge());
        NoIdentity asked = new NoIdentity();
        try (DeadlineSocket plain = new DeadlineSocket(limit)) {
            plain.connect(target, plain.leftMillis());
            try (SSLSocket socket = (SSLSocket) context(witness, asked)
                    .getSocketFactory()
                    .createSocket(plain, serverName.orElse(target.getHostString()), target.getPort(), true)) {
                socket.setSSLParameters(tls.parameters(socket.getSSLParameters(), serverName));
                socket.startHandshake();
                SSLSession session = socket.getSession();
                if (asked.isAsked()) {
                    plain.limit(LATE_REFUSAL);
                    awaitRefusal(socket);
                }
                return new BackendHandshake(
                        Optional.of(session.getProtocol()),
                        Optional.of(session.getCipherSuite()),
                        witness.seen,
                        asked.isAsked(),
                        Optional.empty());
            }
        } catch (IOException e) {
            return new BackendHandshake(
                    Optional.empty(), Optional.empty(), witness.seen, asked.isAsked(), Optional.of(e));
        }
    }

    // RFC 8446 section 4.4.2.4: in TLS 1.3 this side is done before the server has seen that there is no certificate.
    private static void awaitRefusal(SSLSocket socket) throws IOException {
        try {
            if (socket.getInputStream().read() < 0) {
                throw new SSLException("it ended the connection when it was shown no certificate");
            }
        } catch (SocketTimeoutException e) {
            // It waits for a request: it asked, but needs none.
        }
    }

    private static SSLContext context(Witness witness, NoIdentity asked) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {asked}, new TrustManager[] {witness}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("this JVM offers no TLS: " + e.getMessage(), e);
        }
    }

    /** Remembers what another judges. Confined to one handshake, whose threads hand it over in order. */
    private static final class Witness extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager judge;
        private volatile List<X509Certificate> seen = List.of();

        Witness(X509ExtendedTrustManager judge) {
            this.judge = judge;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            seen = List.of(chain);
            judge.checkServerTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            seen = List.of(chain);
            judge.checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            seen = List.of(chain);
            judge.checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            judge.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            judge.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            judge.checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return judge.getAcceptedIssuers();
        }
    }
}
