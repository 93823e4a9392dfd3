package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.testkit.WebSocketBackend;
import dev.gatehouse.testkit.WebSocketPeer;
import dev.gatehouse.testkit.WebSocketRecorder;
import dev.gatehouse.tls.SelfSignedCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions whose backend speaks TLS (TLS-40 to TLS-43, WS-2). */
class WebSocketTlsTest {
    private static final BackendTlsRules UNCHECKED = new BackendTlsRules(List.of(), false, false, "backend.example");

    private static SSLServerSocketFactory serverFactory() throws Exception {
        SelfSignedCertificate made = SelfSignedCertificate.create(
                SelfSignedCertificate.KeyType.EC_P256, List.of("backend.example"), Instant.now());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", made.privateKey(), new char[0], new Certificate[] {made.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    private static WebSocketHarness.Settings settings(BackendTlsRules rules) {
        WebSocketHarness.Settings settings = new WebSocketHarness.Settings();
        settings.backendProtocol = Protocol.HTTPS;
        settings.tls = rules;
        return settings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void messagesOfEveryLengthPassOverTls(String protocol) throws Exception {
        BlockingQueue<String> names = new LinkedBlockingQueue<>();
        try (WebSocketBackend backend = WebSocketBackend.start(only(protocol), (peer, request) -> {
                    SSLSocket socket = (SSLSocket) peer.socket();
                    ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
                    names.add(((SNIHostName) session.getRequestedServerNames().get(0)).getAsciiName());
                    assertThat(session.getProtocol()).isEqualTo(protocol);
                    peer.accept(request);
                    WebSocketBackend.echo(peer);
                });
                WebSocketHarness gateway = new WebSocketHarness(settings(UNCHECKED), backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            for (int length : new int[] {0, 1, 126, 16_384, 16_385, 65_536, 3_000_000}) {
                byte[] message = "0123456789"
                        .repeat(length / 10 + 1)
                        .substring(0, length)
                        .getBytes(UTF_8);
                Future<?> unused = thread.submit(() -> {
                    client.peer().frame(true, WebSocketPeer.TEXT, message);
                    return null;
                });
                assertThat(client.peer().readMessage().payload()).isEqualTo(message);
            }
            thread.shutdown();
            assertThat(names.poll(5, TimeUnit.SECONDS)).isEqualTo("backend.example");
            client.peer().close(4999, "done");
            assertThat(client.peer().read().closeCode()).isEqualTo(4999);
            assertThat(gateway.reports().poll(6, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static SSLServerSocketFactory only(String protocol) throws Exception {
        SSLServerSocketFactory factory = serverFactory();
        return new RestrictedFactory(factory, protocol);
    }

    @Test
    void everyOneOfManyDialsCompletes() throws Exception { // platform-notes 7.7
        try (WebSocketBackend backend = WebSocketBackend.start(serverFactory(), (peer, request) -> {
                    ByteArrayOutputStream all = new ByteArrayOutputStream(); // data with the answer, in one record
                    all.writeBytes(("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: "
                                    + WebSocketPeer.acceptFor(
                                            request.field("Sec-WebSocket-Key").orElseThrow())
                                    + "\r\n\r\n")
                            .getBytes(UTF_8));
                    all.writeBytes(peer.encode(true, WebSocketPeer.TEXT, "early".getBytes(UTF_8)));
                    peer.write(all.toByteArray());
                    WebSocketBackend.echo(peer);
                });
                WebSocketHarness gateway = new WebSocketHarness(settings(UNCHECKED), backend.port())) {
            for (int i = 0; i < 100; i++) {
                try (WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
                    assertThat(client.peer().readMessage().text()).isEqualTo("early");
                }
            }
        }
    }

    @ParameterizedTest // WS-37, RFC 8446 §6.1: the connection below stays open
    @EnumSource(WebSocketSettings.Mode.class)
    void backendThatSaysGoodbyeOnTlsAloneIsGone(WebSocketSettings.Mode mode) throws Exception {
        WebSocketHarness.Settings settings = settings(UNCHECKED);
        settings.webSocket = new WebSocketSettings(
                mode,
                Map.of(),
                Duration.ZERO,
                Duration.ZERO,
                0,
                false,
                WebSocketSettings.Compression.OFF,
                Map.of(),
                false,
                List.of());
        try (WebSocketBackend backend = WebSocketBackend.start(only("TLSv1.3"), (peer, request) -> {
                    peer.accept(request);
                    peer.text("last");
                    peer.socket().shutdownOutput();
                    peer.readToEnd();
                });
                WebSocketHarness gateway = new WebSocketHarness(settings, backend.port());
                WebSocketRecorder client = WebSocketRecorder.open(gateway.port(), "/")) {
            assertThat(client.peer().readMessage().text()).isEqualTo("last");
            assertThat(client.expectClose().closeCode()).isEqualTo(1011);
            assertThat(gateway.reports().poll(6, TimeUnit.SECONDS).closeCode()).isEqualTo(1006);
        }
    }

    @Test
    void unknownCertificateGivesBadGateway() throws Exception { // TLS-40, WS-14
        try (WebSocketBackend backend = WebSocketBackend.start(serverFactory(), (peer, request) -> {});
                WebSocketHarness gateway =
                        new WebSocketHarness(settings(BackendTlsRules.DEFAULT), backend.port(), backend.port());
                WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/")) {
            assertThat(client.answer().status()).isEqualTo(502);
        }
    }

    @Test
    void plainBackendSpokenTlsToGivesBadGateway() throws Exception { // WS-14, REQ-40
        WebSocketHarness.Settings settings = settings(UNCHECKED);
        settings.requestTimeout = Duration.ofSeconds(1);
        try (WebSocketBackend backend = WebSocketBackend.echo();
                WebSocketHarness gateway = new WebSocketHarness(settings, backend.port());
                WebSocketRecorder client = WebSocketRecorder.ask(gateway.port(), "/")) {
            assertThat(client.answer().status()).isEqualTo(502);
        }
    }

    /** Makes server sockets that know one protocol version. */
    private static final class RestrictedFactory extends SSLServerSocketFactory {
        private final SSLServerSocketFactory factory;
        private final String protocol;

        RestrictedFactory(SSLServerSocketFactory factory, String protocol) {
            this.factory = factory;
            this.protocol = protocol;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory.getSupportedCipherSuites();
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return restricted(factory.createServerSocket(port));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return restricted(factory.createServerSocket(port, backlog));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            return restricted(factory.createServerSocket(port, backlog, address));
        }

        private ServerSocket restricted(ServerSocket socket) {
            ((SSLServerSocket) socket).setEnabledProtocols(new String[] {protocol});
            return socket;
        }
    }
}
