package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Sends bytes exactly as given and returns all that comes back until the server closes. */
final class RawClient {
    private static final int PATIENCE_MILLIS = 10_000;

    private RawClient() {}

    static String get(int port, String target) throws IOException {
        return send(port, "GET " + target + " HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n");
    }

    static String send(int port, String request) throws IOException {
        try (Socket socket = open(port)) {
            return exchange(socket, request);
        }
    }

    /** As {@link #send} over TLS, without checking the certificate; an empty name sends no SNI. */
    static String sendTls(int port, String serverName, String request) throws Exception {
        try (SSLSocket socket = openTls(port, serverName)) {
            return exchange(socket, request);
        }
    }

    static SSLContext trustAll() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    static SSLSocket openTls(int port, String serverName, String... versions) throws Exception {
        Socket plain = open(port);
        SSLSocket socket = (SSLSocket) trustAll()
                .getSocketFactory()
                .createSocket(plain, serverName.isEmpty() ? "127.0.0.1" : serverName, port, true);
        if (versions.length > 0) {
            socket.setEnabledProtocols(versions);
        }
        socket.startHandshake();
        return socket;
    }

    static Socket open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String exchange(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** Takes any certificate: these tests look at which one comes. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
