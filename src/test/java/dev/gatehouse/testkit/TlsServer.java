package dev.gatehouse.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/** The sockets of a server that sends just the certificates it is told to, however odd. */
public final class TlsServer extends X509ExtendedKeyManager {
    private final PrivateKey key;
    private final List<X509Certificate> sent;

    private TlsServer(PrivateKey key, List<X509Certificate> sent) {
        this.key = key;
        this.sent = sent;
    }

    public static SSLServerSocketFactory sending(PrivateKey key, List<X509Certificate> sent) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new TlsServer(key, sent)}, new TrustManager[] {new TrustAll()}, null);
            return context.getServerSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same for clients that show a certificate; whose, does not matter. */
    public static ServerSocketFactory needingCertificates(PrivateKey key, List<X509Certificate> sent) {
        SSLServerSocketFactory sockets = sending(key, sent);
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port) throws IOException {
                return needing(sockets.createServerSocket(port));
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) throws IOException {
                return needing(sockets.createServerSocket(port, backlog));
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                return needing(sockets.createServerSocket(port, backlog, address));
            }
        };
    }

    private static ServerSocket needing(ServerSocket socket) {
        ((SSLServerSocket) socket).setNeedClientAuth(true);
        return socket;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return keyType.equals(key.getAlgorithm()) ? "server" : null;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return keyType.equals(key.getAlgorithm()) ? "server" : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return sent.toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[] {"server"};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }
}
