package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.gateway.GatewayContextListener;
import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.model.GatewayConfiguration;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** REQ-3: whoever refuses, the client gets our page and the log one line with the failure's name; never a stack trace. */
class FrontRefusalTest {
    private static final String HOST = "Host: a.example\r\n";
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.gatehouse.exchange");

    private static final ClientLimits LIMITS = new ClientLimits(
            1024,
            2048,
            100,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            3,
            0);

    private static TomcatServer server;
    private static int http;
    private static int https;
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeAll
    static void start() throws Exception {
        GatewayConfiguration configuration = Samples.limited(
                LIMITS,
                Samples.configuration(
                        Samples.SELF_SIGNED,
                        Samples.http(Samples.freePort()),
                        Samples.https("site", Samples.freePort())));
        SocketPlan plan = SocketPlan.of(configuration);
        server = TomcatServer.start(plan.sockets(), new GatewayContextListener(configuration), Duration.ZERO);
        http = server.localPorts().get(0);
        https = server.localPorts().get(1);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void listen() {
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        LOG.detachAppender(lines);
    }

    static List<Arguments> refused() {
        return List.of(
                refused("nonsense\r\n\r\n", "400 REQUEST_MALFORMED"),
                refused("\1\2\3\4\r\n\r\n", "400 REQUEST_MALFORMED"),
                refused("GET /\r\n", "400 VERSION_MISSING"),
                refused("GET / HTTP/0.3\r\n" + HOST + "\r\n", "400 VERSION_UNKNOWN"),
                refused("GET / HTTP/2.0\r\n" + HOST + "\r\n", "400 VERSION_UNKNOWN"),
                refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400 VERSION_UNKNOWN"),
                refused("GET / HTTP/1.1\r\n\r\n", "400 HOST_MISSING"),
                refused("GET / HTTP/1.1\r\nHost:\r\n\r\n", "400 HOST_MALFORMED"),
                refused("GET / HTTP/1.1\r\nHost: a:b:c\r\n\r\n", "400 HOST_MALFORMED"),
                refused("GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n", "400 FIELD_REPEATED"),
                refused("GET123 / HTTP/1.1\r\n" + HOST + "\r\n", "400 METHOD_MALFORMED"),
                refused("G(T / HTTP/1.1\r\n" + HOST + "\r\n", "400 REQUEST_MALFORMED"),
                refused("TRACE / HTTP/1.1\r\n" + HOST + "\r\n", "405 METHOD_TRACE"),
                refused("CONNECT a.example:443 HTTP/1.1\r\n" + HOST + "\r\n", "405 METHOD_REFUSED"),
                refused("POST / HTTP/1.1\r\n" + HOST + "\r\n", "400 LENGTH_MISSING"),
                refused("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 1x\r\n\r\na", "400 LENGTH_MALFORMED"),
                refused("POST / HTTP/1.1\r\n" + HOST + "Content-Length: -1\r\n\r\na", "400 LENGTH_MALFORMED"),
                refused(
                        "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\na",
                        "400 LENGTH_MALFORMED"),
                refused(
                        "POST / HTTP/1.1\r\n" + HOST
                                + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        "400 FRAMING_AMBIGUOUS"),
                refused(
                        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                        "400 FRAMING_AMBIGUOUS"),
                refused("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 101\r\n\r\n", "413 BODY_TOO_LARGE"),
                refused("GET /%zz HTTP/1.1\r\n" + HOST + "\r\n", "400 PATH_INVALID"),
                refused("GET /../../etc HTTP/1.1\r\n" + HOST + "\r\n", "400 PATH_INVALID"),
                refused("GET /a%00 HTTP/1.1\r\n" + HOST + "\r\n", "400 PATH_INVALID"),
                refused("GET /caf\u00e9 HTTP/1.1\r\n" + HOST + "\r\n", "400 TARGET_MALFORMED"),
                refused("GET /a\1b HTTP/1.1\r\n" + HOST + "\r\n", "400 TARGET_MALFORMED"),
                refused("GET  / HTTP/1.1\r\n" + HOST + "\r\n", "400 REQUEST_MALFORMED"),
                refused("GET / HTTP/1.1\n" + HOST + "\r\n", "400 REQUEST_MALFORMED"),
                refused("GET / HTTP/1.1\r\nHost: a.example\n\r\n", "400 REQUEST_MALFORMED"),
                refused("GET / HTTP/1.1\r\n" + HOST + "X: a\r\n b\r\n\r\n", "400 REQUEST_MALFORMED"),
                refused("GET / HTTP/1.1\r\n" + HOST + "X:a\r\n\tb\r\n\r\n", "400 REQUEST_MALFORMED"),
                refused("GET / HTTP/1.1\r\n" + HOST + "X: a\rb\r\n\r\n", "400 REQUEST_MALFORMED"),
                refused("GET / HTTP/1.1\r\n" + HOST + "X: a\0b\r\n\r\n", "400 REQUEST_MALFORMED"),
                refused("GET / HTTP/1.1\r\n" + HOST + "X : a\r\n\r\n", "400 REQUEST_MALFORMED"),
                refused("GET / HTTP/1.1\r\n" + HOST + "\u00e9: a\r\n\r\n", "400 REQUEST_MALFORMED"),
                refused("GET / HTTP/1.1\r\n" + HOST + "Expect: tea\r\n\r\n", "417 EXPECTATION_UNKNOWN"),
                refused("GET /" + "a".repeat(1024) + " HTTP/1.1\r\n" + HOST + "\r\n", "414 URI_TOO_LONG"),
                refused("GET /" + "a".repeat(30_000) + " HTTP/1.1\r\n" + HOST + "\r\n", "414 URI_TOO_LONG"),
                refused("GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(2048) + "\r\n\r\n", "431 HEADERS_TOO_LARGE"),
                refused("GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(30_000) + "\r\n\r\n", "431 HEADERS_TOO_LARGE"),
                refused("GET / HTTP/1.1\r\nHost: a.ex", "408 HEADERS_LATE"),
                refused("GE", "408 HEADERS_LATE"));
    }

    private static Arguments refused(String request, String answer) {
        return Arguments.of(request, answer);
    }

    @ParameterizedTest // REQ-3, REQ-47, REQ-50
    @MethodSource("refused")
    void refusalHasOurPageAndOneLine(String request, String expected) throws Exception {
        String answer = RawClient.send(http, request);

        String status = expected.substring(0, 3);
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("Server: Gatehouse", "<h1>" + status + " ");
        assertThat(answer).doesNotContain("Exception", "at org.").doesNotContainIgnoringCase("tomcat");
        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .startsWith(expected.substring(4) + " " + status + ":");
    }

    @Test // REQ-3
    void headThatDripsGets408AfterTheWholeTime() throws Exception {
        try (Socket socket = RawClient.open(http)) {
            long begin = System.nanoTime();
            String head = "GET / HTTP/1.1\r\nX-Long: ";
            for (int i = 0; socket.getInputStream().available() == 0 && i < 200; i++) {
                socket.getOutputStream().write(i < head.length() ? head.charAt(i) : 'a');
                Thread.sleep(50); // a byte each time, far below the limit of one read
            }
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
        }
    }

    @Test // REQ-3
    void plainHttpOnAnHttpsPortGetsOurPage() throws Exception {
        String answer = RawClient.get(https, "/");

        assertThat(answer).startsWith("HTTP/1.1 400 Bad Request").contains("<h1>400 Bad Request</h1>");
        assertThat(lines.list).singleElement().asString().contains("PLAIN_ON_HTTPS 400");
    }

    @Test // REQ-2: no h2c, not by Upgrade either
    void upgradeToHttp2IsIgnored() throws Exception {
        String answer = RawClient.send(
                http,
                "GET / HTTP/1.1\r\n" + HOST
                        + "Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 302");
    }
}
