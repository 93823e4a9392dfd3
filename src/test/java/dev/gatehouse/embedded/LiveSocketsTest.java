package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.Sockets;
import dev.gatehouse.model.CertificateSource;
import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** config-model.md section 9, as far as sockets and keys go: what stays is not touched, the rest comes and goes. */
@Timeout(60)
class LiveSocketsTest {
    private static final String REQUEST = " HTTP/1.1\r\nHost: a.example\r\n\r\n";
    private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);

    private final SwitchedApplication application = new SwitchedApplication();
    private final int port = Samples.freePort();
    private GatewayServer server;

    @AfterEach
    void stop() {
        application.release.countDown();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void socketThatStaysKeepsEveryConnectionThroughManyChanges() throws Exception {
        start(Samples.http(port));
        try (Wire kept = Wire.connect(port);
                Wire upgraded = Wire.connect(port);
                Wire slow = Wire.connect(port)) {
            assertThat(ask(kept, "/a")).endsWith("GET /a http HTTP/1.1");
            upgrade(upgraded);
            slow.write("GET /slow" + REQUEST);
            assertThat(application.slowArrived.await(5, TimeUnit.SECONDS)).isTrue();

            for (int i = 0; i < 20; i++) {
                change(configuration(Samples.http(port), Samples.http(Samples.freePort())));
                assertThat(change(configuration(Samples.http(port)))).hasSize(1);
                assertThat(echo(upgraded, 'x')).isEqualTo('x');
                assertThat(ask(kept, "/b")).doesNotContain("close").endsWith("GET /b http HTTP/1.1");
            }
            application.release.countDown();
            assertThat(readAnswer(slow)).endsWith("GET /slow http HTTP/1.1");
        }
    }

    @Test
    void sameConfigurationChangesNothingAndSaysNothing() throws Exception {
        HttpListener site = Samples.https("site", Samples.freePort(), "a.example");
        start(Samples.http(port), site);

        assertThat(change(configuration(Samples.http(port), site))).isEmpty();
    }

    @Test
    void newListenerIsServedFromTheCommitOn() throws Exception {
        start(Samples.http(port));
        int second = Samples.freePort();

        Sockets.Plan plan = server.sockets().plan(configuration(Samples.http(port), Samples.http(second)));
        assertThat(plan.notes()).containsExactly("opens 127.0.0.1:" + second + " for http" + second);
        assertThatThrownBy(() -> Wire.connect(second)).isInstanceOf(ConnectException.class); // planned, not opened
        plan.open();
        try (Wire early = Wire.connect(second)) {
            early.write("GET /early" + REQUEST);
            assertThat(early.isQuietFor(300)).isTrue(); // not before it is served
            plan.commit();

            assertThat(readAnswer(early)).endsWith("GET /early http HTTP/1.1");
        }
        assertThat(RawClient.get(port, "/x")).contains("GET /x http");
    }

    @Test
    void planThatIsUndoneLeavesNothingOpen() throws Exception {
        start(Samples.http(port));
        int second = Samples.freePort();
        Sockets.Plan plan = server.sockets().plan(configuration(Samples.http(second)));
        plan.open();
        plan.undo();

        assertThatThrownBy(() -> Wire.connect(second)).isInstanceOf(ConnectException.class);
        assertThat(RawClient.get(port, "/x")).contains("GET /x http");
    }

    @Test
    void socketInUseRefusesTheChangeWholeAndNamesPlaceCauseAndCure() throws Exception {
        start(Samples.http(port));
        int free = Samples.freePort();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Sockets.Plan plan =
                    server.sockets().plan(configuration(Samples.http(free), Samples.http(taken.getLocalPort())));

            assertThatThrownBy(plan::open)
                    .isInstanceOfSatisfying(
                            Sockets.RefusedException.class,
                            refused -> assertThat(refused.reasons())
                                    .singleElement()
                                    .asString()
                                    .startsWith("cannot listen on 127.0.0.1:" + taken.getLocalPort()
                                            + ": Address already in use")
                                    .contains("listen.ports"));
        }
        assertThatThrownBy(() -> Wire.connect(free)).isInstanceOf(ConnectException.class);
        assertThat(RawClient.get(port, "/x")).contains("GET /x http");
    }

    @Test
    void keyThatCannotBeReadRefusesThePlan() throws Exception {
        start(Samples.http(port));
        GatewayConfiguration broken = Samples.withAdmin(
                ANY_PORT,
                Samples.configuration(
                        Map.of("site", new CertificateSource.Pfx(Path.of("no-such.pfx"), null, null)),
                        Samples.https("site", Samples.freePort())));

        assertThatThrownBy(() -> server.sockets().plan(broken))
                .isInstanceOf(Sockets.RefusedException.class)
                .hasMessageContaining("sslCertificates/site");
    }

    @Test
    void removedListenerTakesNobodyNewServesWhoIsThereOnceMoreAndLeavesUpgradedConnectionsAlone() throws Exception {
        int gone = Samples.freePort();
        start(Samples.http(port), Samples.http(gone));
        try (Wire idle = Wire.connect(gone);
                Wire slow = Wire.connect(gone);
                Wire upgraded = Wire.connect(gone)) {
            ask(idle, "/a");
            upgrade(upgraded);
            slow.write("GET /slow" + REQUEST);
            assertThat(application.slowArrived.await(5, TimeUnit.SECONDS)).isTrue();

            assertThat(change(configuration(Samples.http(port))))
                    .singleElement()
                    .asString()
                    .startsWith("closes 127.0.0.1:" + gone);

            assertThatThrownBy(() -> Wire.connect(gone)).isInstanceOf(ConnectException.class);
            assertThat(ask(idle, "/last")).isEqualTo("200 close: GET /last http HTTP/1.1");
            assertThat(idle.endsWithin(5_000)).isTrue();
            application.release.countDown();
            assertThat(readAnswer(slow)).contains("200").endsWith("GET /slow http HTTP/1.1");
            assertThat(echo(upgraded, 'y')).isEqualTo('y');
            await().during(Duration.ofMillis(1500)).until(() -> hasThread(gone)); // looked at, and left alone
        }
        await().atMost(10, TimeUnit.SECONDS).until(() -> !hasThread(gone)); // nobody is left: it goes
    }

    @Test
    void listenerThatComesBackIsServedAgain() throws Exception {
        int second = Samples.freePort();
        start(Samples.http(port), Samples.http(second));
        change(configuration(Samples.http(port)));
        change(configuration(Samples.http(port), Samples.http(second)));

        assertThat(RawClient.get(second, "/x")).contains("GET /x http");
    }

    @Test
    void otherProtocolOpensThePortAgainAndLeavesUpgradedConnectionsAlone() throws Exception {
        start(Samples.http(port));
        try (Wire upgraded = Wire.connect(port)) {
            upgrade(upgraded);

            assertThat(change(configuration(Samples.https("site", port, "a.example"))))
                    .singleElement()
                    .asString()
                    .startsWith("opens 127.0.0.1:" + port + " for site again, for Http becomes Https");

            assertThat(RawClient.sendTls(port, "a.example", "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .contains("GET /x https");
            assertThat(echo(upgraded, 'z')).isEqualTo('z');
        }
    }

    @Test
    void socketOfEveryAddressReplacesThatOfOneWithTheSamePort() throws Exception {
        start(Samples.http(port));

        change(Samples.listening("0.0.0.0", configuration(Samples.http(port))));
        assertThat(RawClient.get(port, "/x")).contains("GET /x http");
        change(configuration(Samples.http(port)));
        assertThat(RawClient.get(port, "/x")).contains("GET /x http");
    }

    @Test
    @EnabledOnOs(OS.LINUX) // where all of 127.0.0.0/8 is this machine
    void socketThatCannotBeHadAgainStaysShutUntilTheNextChangeAndTheRestGoesOn() throws Exception {
        int other = Samples.freePort();
        start(Samples.http(port), Samples.http(other));
        try (ServerSocket neighbour = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2"))) {
            assertThat(neighbour.isBound()).isTrue(); // so that 0.0.0.0 cannot have the port
            change(Samples.listening("0.0.0.0", configuration(Samples.http(port), Samples.http(other))));

            assertThat(RawClient.get(other, "/x")).contains("GET /x http");
            assertThatThrownBy(() -> Wire.connect(port)).isInstanceOf(ConnectException.class);
        }
        assertThat(change(Samples.listening("0.0.0.0", configuration(Samples.http(port), Samples.http(other)))))
                .containsExactly("opens 0.0.0.0:" + port + " for http" + port);
        assertThat(RawClient.get(port, "/x")).contains("GET /x http");
    }

    @Test
    void newCertificateIsShownByTheNextHandshakeWhileOpenConnectionsGoOn() throws Exception {
        start(Samples.https("site", port, "a.example"));
        try (SSLSocket before = RawClient.openTls(port, "a.example");
                Wire open = new Wire(before)) {
            X509Certificate old = shown(before);
            assertThat(ask(open, "/1")).endsWith("GET /1 https HTTP/1.1");

            assertThat(change(configuration(Samples.https("site", port, "a.example", "b.example"))))
                    .singleElement()
                    .asString()
                    .contains("listener site shows another certificate", "b.example", "valid until 20");

            try (SSLSocket after = RawClient.openTls(port, "a.example")) {
                assertThat(shown(after)).isNotEqualTo(old);
                assertThat(shown(after).getSubjectAlternativeNames().toString()).contains("b.example");
            }
            assertThat(ask(open, "/2")).doesNotContain("close").endsWith("GET /2 https HTTP/1.1");
        }
    }

    @Test
    void sessionOfTlsIsResumedAsLongAsTheKeyStays() throws Exception { // TLS-2
        start(Samples.https("site", port, "a.example"));
        SSLContext client = RawClient.trustAll();
        byte[] session = idOf(client);
        change(configuration(Samples.https("site", port, "a.example"), Samples.http(Samples.freePort())));
        assertThat(idOf(client)).isEqualTo(session); // TLS 1.2: the server took the id again

        change(configuration(Samples.https("site", port, "a.example", "b.example")));
        assertThat(idOf(client)).isNotEqualTo(session); // whoever resumed would not see the new certificate
    }

    @Test
    void certificateMadeAtStartStaysWhileItsNamesDo() throws Exception {
        start(Samples.https("site", port, "a.example"));
        X509Certificate first = shownTo("a.example");
        change(configuration(Samples.https("site", port, "a.example"), Samples.http(Samples.freePort())));
        assertThat(shownTo("a.example")).isEqualTo(first);

        change(configuration(Samples.https("site", port, "b.example")));
        assertThat(shownTo("b.example")).isNotEqualTo(first);
    }

    @Test
    void limitsChangeUnderOpenConnections() throws Exception {
        start(Samples.http(port));
        try (Wire kept = Wire.connect(port)) {
            ask(kept, "/a");
            ClientLimits hasty = limits(Duration.ofMillis(300));
            assertThat(change(Samples.limited(hasty, configuration(Samples.http(port)))))
                    .isEmpty();

            assertThat(ask(kept, "/b")).endsWith("GET /b http HTTP/1.1");
            assertThat(kept.endsWithin(5_000)).isTrue(); // by the new keep-alive time-out, long before 75 s
        }
    }

    @Test
    void longerHeadsNeedAnotherSocketShorterOnesDoNot() throws Exception {
        start(Samples.http(port));
        String target = "/" + "a".repeat(100_000);
        ClientLimits roomy = new ClientLimits(200_000, 32_768, 1, limit(), limit(), limit(), limit(), 1000, 0);

        assertThat(RawClient.get(port, target)).contains("HTTP/1.1 400");
        assertThat(change(Samples.limited(roomy, configuration(Samples.http(port)))))
                .singleElement()
                .asString()
                .contains("again, for limits.uri and limits.headers");
        assertThat(RawClient.get(port, target)).contains("HTTP/1.1 200");
        assertThat(change(configuration(Samples.http(port)))).isEmpty();
    }

    @Test
    void adminAddressIsMarkedMovesAndIsNoListener() throws Exception {
        start(Samples.http(port));
        int first = adminPort();
        assertThat(RawClient.get(first, "/x")).contains("GET /x http HTTP/1.1 admin");
        assertThat(RawClient.get(port, "/x")).doesNotContain("admin");

        int second = Samples.freePort();
        List<String> notes =
                change(Samples.withAdmin(new ListenAddress("127.0.0.1", second), configuration(Samples.http(port))));
        assertThat(notes).hasSize(2).first().asString().isEqualTo("opens the admin address 127.0.0.1:" + second);
        assertThat(RawClient.get(second, "/x")).contains("admin");
        assertThatThrownBy(() -> Wire.connect(first)).isInstanceOf(ConnectException.class);
        assertThat(server.adminUrl()).contains("http://127.0.0.1:" + second + "/");
    }

    @Test
    void listenerThatLosesItsKeyIsToldOnce() throws Exception { // CFG-21
        HttpListener site = Samples.https("site", Samples.freePort(), "a.example");
        start(Samples.http(port), site);
        GatewayConfiguration keyless =
                Samples.withAdmin(ANY_PORT, Samples.configuration(Map.of(), Samples.http(port), site));

        assertThat(change(keyless))
                .hasSize(2)
                .anyMatch(note -> note.startsWith("closes"))
                .anyMatch(note -> note.startsWith("listener site stays shut: "));
        assertThat(change(keyless)).isEmpty();
    }

    @Test
    void changeBeforeTheStartAndAfterTheEndIsRefused() throws Exception {
        LiveSockets early = new LiveSockets(SocketPlan.of(configuration(Samples.http(port))));
        assertThatThrownBy(() -> early.plan(configuration(Samples.http(port)))).hasMessageContaining("starting");

        start(Samples.http(port));
        Sockets.Plan late = server.sockets().plan(configuration(Samples.http(port), Samples.http(Samples.freePort())));
        server.close();
        assertThatThrownBy(late::open).isInstanceOf(Sockets.RefusedException.class);
        late.commit(); // has nothing to do, and does it
    }

    private void start(HttpListener... listeners) throws Exception {
        server = GatewayServer.start(SocketPlan.of(configuration(listeners)), application::launched);
    }

    private static GatewayConfiguration configuration(HttpListener... listeners) {
        return Samples.withAdmin(ANY_PORT, Samples.configuration(Samples.SELF_SIGNED, listeners));
    }

    /** As a reload does it. */
    private List<String> change(GatewayConfiguration configuration) throws Exception {
        Sockets.Plan plan = server.sockets().plan(configuration);
        plan.open();
        plan.commit();
        return plan.notes();
    }

    private int adminPort() {
        return Integer.parseInt(server.adminUrl().orElseThrow().replaceAll(".*:(\\d+)/", "$1"));
    }

    private static Duration limit() {
        return Duration.ofSeconds(60);
    }

    private static ClientLimits limits(Duration keepAlive) {
        ClientLimits usual = ClientLimits.DEFAULT;
        return new ClientLimits(
                usual.uriBytes(),
                usual.headerBytes(),
                usual.bodyBytes(),
                usual.headerTimeout(),
                usual.bodyTimeout(),
                keepAlive,
                usual.http2IdleTimeout(),
                usual.http2Requests(),
                usual.connections());
    }

    private static String ask(Wire wire, String target) throws IOException {
        wire.write("GET " + target + REQUEST);
        return readAnswer(wire);
    }

    private static String readAnswer(Wire wire) throws IOException {
        Head head = wire.readFinalHead();
        return head.status() + " " + head.value("Connection") + ": "
                + new String(wire.readAnswerBody(head, "GET"), US_ASCII);
    }

    private static void upgrade(Wire wire) throws IOException {
        wire.write("GET /upgrade HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
        assertThat(wire.readHead().status()).isEqualTo(101);
        assertThat(echo(wire, 'a')).isEqualTo('a');
    }

    private static char echo(Wire wire, char letter) throws IOException {
        wire.write(String.valueOf(letter));
        return (char) wire.readBytes(1)[0];
    }

    private static boolean hasThread(int port) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().endsWith("-" + port + "-Poller"));
    }

    private X509Certificate shownTo(String serverName) throws Exception {
        try (SSLSocket socket = RawClient.openTls(port, serverName)) {
            return shown(socket);
        }
    }

    private static X509Certificate shown(SSLSocket socket) throws Exception {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    private byte[] idOf(SSLContext client) throws Exception {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            return socket.getSession().getId();
        }
    }
}
