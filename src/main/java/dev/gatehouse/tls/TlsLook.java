package dev.gatehouse.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Looks what a server shows, as a client that trusts anybody and sends nothing. Immutable, thread-safe. */
public final class TlsLook {
    private final InetSocketAddress address;
    private final Duration limit;

    /**
     * What was seen.
     *
     * @param protocol JSSE name of the version
     * @param cipherSuite JSSE name of the suite
     * @param chain leaf first
     * @param asksForCertificate whether the client was asked for a certificate
     */
    public record Seen(String protocol, String cipherSuite, List<X509Certificate> chain, boolean asksForCertificate) {
        public Seen {
            chain = List.copyOf(chain);
        }
    }

    /**
     * Creates one.
     *
     * @param address where the server listens
     * @param limit longest time for one look, from connecting to its end
     */
    public TlsLook(InetSocketAddress address, Duration limit) {
        this.address = address;
        this.limit = limit;
    }

    /**
     * Makes a handshake and leaves.
     *
     * @param serverName the SNI name; empty sends none
     * @param protocols JSSE names of the versions to offer
     * @param suites JSSE names of the suites to offer; empty offers the JVM's
     * @return what was seen
     * @throws IOException if nobody listens, or the handshake fails
     */
    public Seen seen(Optional<String> serverName, List<String> protocols, List<String> suites) throws IOException {
        NoIdentity asked = new NoIdentity();
        try (DeadlineSocket plain = new DeadlineSocket(limit)) {
            plain.connect(address, plain.leftMillis());
            try (SSLSocket socket = (SSLSocket) context(asked)
                    .getSocketFactory()
                    .createSocket(plain, address.getHostString(), address.getPort(), true)) {
                socket.setSSLParameters(parameters(socket.getSSLParameters(), serverName, protocols, suites));
                socket.startHandshake();
                SSLSession session = socket.getSession();
                return new Seen(
                        session.getProtocol(),
                        session.getCipherSuite(),
                        x509(session.getPeerCertificates()),
                        asked.isAsked());
            }
        }
    }

    private static SSLParameters parameters(
            SSLParameters parameters, Optional<String> serverName, List<String> protocols, List<String> suites) {
        parameters.setProtocols(protocols.toArray(String[]::new));
        if (!suites.isEmpty()) {
            parameters.setCipherSuites(suites.toArray(String[]::new));
        }
        parameters.setServerNames(
                serverName.map(name -> List.of(ServerNames.of(name))).orElse(List.of()));
        return parameters;
    }

    private static List<X509Certificate> x509(Certificate[] chain) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate each : chain) {
            certificates.add((X509Certificate) each);
        }
        return certificates;
    }

    private static SSLContext context(NoIdentity asked) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {asked}, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("this JVM offers no TLS: " + e.getMessage(), e);
        }
    }

    /** Looking is not trusting: nothing is sent. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new IllegalStateException("this side is the client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new IllegalStateException("this side is the client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("this side is the client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
