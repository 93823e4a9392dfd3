package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.ListenAddress;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomcatServerTest {
    private static final String CLOSE = "Host: a.example\r\nConnection: close\r\n\r\n";
    private static TomcatServer server;
    private static int http;
    private static int https;

    @BeforeAll
    static void startBothListeners() throws Exception {
        int plainPort = Samples.freePort();
        int tlsPort = Samples.freePort();
        SocketPlan plan = SocketPlan.of(Samples.configuration(
                Samples.SELF_SIGNED,
                Samples.http(plainPort),
                Samples.https("site", tlsPort, "www.a.example", "*.deep.example"),
                Samples.https("other", tlsPort, "www.b.example")));
        server = TomcatServer.start(plan.sockets(), new Mirror(), Duration.ZERO);
        http = server.localPorts().get(0);
        https = server.localPorts().get(1);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void requestReachesTheFilterThroughHttpAndHttps() throws Exception {
        assertThat(RawClient.get(http, "/x?y=1")).contains("HTTP/1.1 200", "GET /x?y=1 http HTTP/1.1");
        assertThat(RawClient.sendTls(https, "www.a.example", "GET /x HTTP/1.1\r\n" + CLOSE))
                .contains("HTTP/1.1 200", "GET /x https HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a%2Fb",
                "/a%2fb",
                "/a%5Cb",
                "/a%5cb",
                "/a\\b",
                "//a//b",
                "/a|b",
                "/{a}[b]",
                "/a;b=c;d",
                "/a;jsessionid=1?x",
                "/a/./b/../c",
                "/%41%7e",
                "/%ff%fe",
                "/a^b`c",
                "/\"<a>\"",
                "/?q=a|b{c}[d]^`\\\"<>%zz",
                "/WEB-INF/web.xml",
                "/META-INF",
                "/a?",
                "/a??b=/../",
                "/%C3%A4"
            })
    void targetArrivesAsItWasSent(String target) throws Exception {
        assertThat(RawClient.get(http, target)).contains("GET " + target + " http HTTP/1.1");
    }

    @Test
    void targetAndHeadersOfThirtyTwoKilobytesPass() throws Exception {
        String target = "/" + "a".repeat(32 * 1024 - 1);
        String request = "GET " + target + " HTTP/1.1\r\nX-Long: " + "b".repeat(32 * 1024 - 200) + "\r\n" + CLOSE;

        assertThat(RawClient.send(http, request)).contains("HTTP/1.1 200", target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROPFIND", "DELETE", "PATCH", "OPTIONS"})
    void everyMethodReachesTheFilter(String method) throws Exception {
        assertThat(RawClient.send(http, method + " /m HTTP/1.1\r\n" + CLOSE)).contains(method + " /m http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\n" + CLOSE,
                "GET /../../etc HTTP/1.1\r\n" + CLOSE,
                "GET / HTTP/1.1\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"
            })
    void refusalsMadeByTomcatTellNothingAboutIt(String request) throws Exception {
        assertThat(RawClient.send(http, request))
                .startsWith("HTTP/1.1 400")
                .doesNotContainIgnoringCase("tomcat")
                .doesNotContainIgnoringCase("Server:")
                .doesNotContain("Exception", "at org.");
    }

    @Test
    void connectionIsKeptForMoreThanAHundredRequests() throws Exception {
        StringBuilder requests = new StringBuilder();
        requests.append("GET /k HTTP/1.1\r\nHost: a.example\r\n\r\n".repeat(150));
        String answers = RawClient.send(http, requests + "GET /last HTTP/1.1\r\n" + CLOSE);

        assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(152);
    }

    @Test
    void certificateFollowsTheNameAndRoutingDoesNot() throws Exception {
        assertThat(names("www.a.example")).contains("www.a.example");
        assertThat(names("www.b.example")).contains("www.b.example");
        assertThat(names("a.b.deep.example")).contains("*.deep.example");
        assertThat(names("unknown.example")).contains("www.a.example");
        assertThat(names("")).contains("www.a.example");
        // SNI and Host differ: Azure routes on Host (TLS-11).
        assertThat(RawClient.sendTls(
                        https, "www.a.example", "GET /x HTTP/1.1\r\nHost: www.b.example\r\nConnection: close\r\n\r\n"))
                .contains("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsOfThePolicyAreSpokenInItsOrder(String version) throws Exception {
        try (SSLSocket socket = RawClient.openTls(https, "www.a.example", version)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(socket.getSession().getCipherSuite()).contains("AES_256_GCM");
        }
    }

    @Test
    void http2IsSpokenOnHttpsOnlyAndOnlyByAlpn() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(RawClient.trustAll())
                .version(HttpClient.Version.HTTP_2)
                .build();

        assertThat(version(client, "https://localhost:" + https)).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(version(client, "http://localhost:" + http)).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void plainRequestToTheTlsPortGets400() throws Exception {
        assertThat(RawClient.get(https, "/")).startsWith("HTTP/1.1 400");
    }

    @Test
    void socketInUseIsReportedWithAllOthersAndNothingIsOpened() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int free = Samples.freePort();
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket two = new ServerSocket(0, 1, loopback)) {
            List<ListenerSocket> sockets = List.of(
                    plain("127.0.0.1", free),
                    plain("127.0.0.1", one.getLocalPort()),
                    plain("127.0.0.1", two.getLocalPort()),
                    plain("192.0.2.1", free));

            assertThatThrownBy(() -> TomcatServer.start(sockets, new Mirror(), Duration.ZERO))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("127.0.0.1:" + one.getLocalPort() + ": Address already in use")
                    .hasMessageContaining("127.0.0.1:" + two.getLocalPort())
                    .hasMessageContaining("192.0.2.1:" + free)
                    .hasMessageNotContaining("127.0.0.1:" + free);
            assertThatThrownBy(() -> RawClient.open(free)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void applicationThatDoesNotStartOpensNothing() {
        int free = Samples.freePort();
        ServletContextListener broken = new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                throw new IllegalStateException("pool is broken");
            }
        };

        assertThatThrownBy(() -> TomcatServer.start(List.of(plain("127.0.0.1", free)), broken, Duration.ZERO))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("pool is broken");
        assertThatThrownBy(() -> RawClient.open(free)).isInstanceOf(ConnectException.class);
    }

    @Test
    void closeLetsARequestFinishAndTakesNoMore() throws Exception {
        Mirror mirror = new Mirror();
        TomcatServer closing = TomcatServer.start(List.of(plain("127.0.0.1", 0)), mirror, Duration.ofSeconds(10));
        int port = closing.localPorts().get(0);
        CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> getUnchecked(port));
        assertThat(mirror.slowArrived.await(5, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(closing::close);
        await().atMost(5, TimeUnit.SECONDS).until(() -> !accepts(port));
        assertThat(mirror.isStopped).isFalse();
        mirror.release.countDown();

        assertThat(slow.get(5, TimeUnit.SECONDS)).contains("GET /slow http");
        closed.get(5, TimeUnit.SECONDS);
        assertThat(mirror.isStopped).isTrue();
    }

    @Test
    void idleConnectionsDoNotHoldUpTheStop() throws Exception {
        TomcatServer closing = TomcatServer.start(List.of(plain("127.0.0.1", 0)), new Mirror(), Duration.ofSeconds(30));
        try (Socket idle = RawClient.open(closing.localPorts().get(0))) {
            idle.getOutputStream().write("GET /k HTTP/1.1\r\nHost: a.example\r\n\r\n".getBytes(US_ASCII));
            assertThat(idle.getInputStream().read()).isEqualTo('H');

            CompletableFuture.runAsync(closing::close).get(10, TimeUnit.SECONDS);
        }
    }

    private static String getUnchecked(int port) {
        try {
            return RawClient.get(port, "/slow");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpClient.Version version(HttpClient client, String origin) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/v")).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.version();
    }

    private static List<String> names(String serverName) throws Exception {
        try (SSLSocket socket = RawClient.openTls(https, serverName)) {
            X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return leaf.getSubjectAlternativeNames().stream()
                    .map(name -> (String) name.get(1))
                    .toList();
        }
    }

    private static ListenerSocket plain(String address, int port) {
        return ListenerSocket.plain(new ListenAddress(address, port));
    }
}
