package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.GatewayContextListener;
import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.model.GatewayConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 from clients (REQ-2, REQ-3, REQ-6): spoken by ALPN only, malformed requests refused as RFC 9113 §8 says. */
class Http2Test {
    private static final int MOST_REQUESTS = 5;
    private static TomcatServer server;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        ClientLimits limits = new ClientLimits(
                1024,
                32 * 1024,
                100,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                MOST_REQUESTS,
                0);
        GatewayConfiguration configuration = Samples.limited(
                limits, Samples.configuration(Samples.SELF_SIGNED, Samples.https("site", Samples.freePort())));
        server = TomcatServer.start(
                SocketPlan.of(configuration).sockets(), new GatewayContextListener(configuration), Duration.ZERO);
        port = server.localPorts().get(0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Arguments> requests() {
        return List.of(
                sent("plain request", "302"),
                sent("Host that agrees", "302", "host", "a.example"),
                sent("Host that differs", "reset 1", "host", "b.example"),
                sent("Connection", "reset 1", "connection", "close"),
                sent("Keep-Alive", "reset 1", "keep-alive", "timeout=5"),
                sent("Upgrade", "reset 1", "upgrade", "h2c"),
                sent("Transfer-Encoding", "reset 1", "transfer-encoding", "chunked"),
                sent("TE other than trailers", "reset 1", "te", "gzip"),
                sent("TE trailers", "302", "te", "trailers"),
                sent("name in capitals", "reset 1", "X-Upper", "1"),
                sent("blank in a name", "reset 1", "x y", "1"),
                sent("colon in a name", "reset 1", "x:y", "1"),
                sent("empty name", "reset 1", "", "1"),
                sent("line end in a value", "reset 1", "x", "a\r\nTransfer-Encoding: chunked"),
                sent("line feed in a value", "reset 1", "x", "a\nb"),
                sent("NUL in a value", "reset 1", "x", "a\0b"),
                sent("pseudo-field behind a field", "reset 1", "x", "1", ":path", "/b"),
                sent("unknown pseudo-field", "reset 1", ":protocol", "websocket"),
                sent("path twice", "reset 1", ":path", "/b"),
                sent("two Authorizations", "400", "authorization", "a", "authorization", "b"),
                sent("unknown expectation", "417", "expect", "tea"),
                sent("length without body", "reset 1", "content-length", "5"),
                sent("length that is no number", "reset 1", "content-length", "x"),
                sent("field of 9 KB", "431", "x", "a".repeat(9 * 1024)),
                sent("fields of 7 KB", "302", "x", "a".repeat(7 * 1024)),
                sent("block of 21 KB", "431", "x", "a".repeat(7000), "y", "a".repeat(7000), "z", "a".repeat(7000)));
    }

    private static Arguments sent(String name, String outcome, String... fields) {
        return Arguments.of(name, outcome, fields);
    }

    @ParameterizedTest(name = "{0}") // REQ-3, RFC 9113 §8.2, §8.3
    @MethodSource("requests")
    void fieldsAreTakenOrRefused(String name, String outcome, String[] fields) throws Exception {
        List<String> all = new ArrayList<>(
                List.of(":method", "GET", ":scheme", "https", ":path", "/a", ":authority", "a.example"));
        all.addAll(Arrays.asList(fields));
        try (Http2Wire wire = new Http2Wire(port).begin()) {
            wire.request(all.toArray(new String[0]));
            assertThat(wire.outcomes(1)).first().isEqualTo(outcome);
        }
    }

    @ParameterizedTest // REQ-10
    @CsvSource({"a.example, 302", "A.Example:8443, 302", "b.example, 404"})
    void authorityIsTheHostThatListenersCompare(String authority, String outcome) throws Exception {
        GatewayConfiguration configuration =
                Samples.configuration(Samples.SELF_SIGNED, Samples.https("site", Samples.freePort(), "a.example"));
        try (TomcatServer named = TomcatServer.start(
                        SocketPlan.of(configuration).sockets(),
                        new GatewayContextListener(configuration),
                        Duration.ZERO);
                Http2Wire wire = new Http2Wire(named.localPorts().get(0)).begin()) {
            wire.request(head("GET", "/", authority));
            assertThat(wire.outcomes(1)).first().isEqualTo(outcome);
        }
    }

    static List<Arguments> heads() {
        return List.of(
                Arguments.of(
                        "no authority", "reset 1", new String[] {":method", "GET", ":scheme", "https", ":path", "/"}),
                Arguments.of("Host for authority", "302", new String[] {
                    ":method", "GET", ":scheme", "https", ":path", "/", "host", "a.example"
                }),
                Arguments.of("malformed authority", "reset 1", head("GET", "/", "a:b:c")),
                Arguments.of("underscore in the authority", "reset 1", head("GET", "/", "a_b.example")),
                Arguments.of("no path", "reset 1", new String[] {
                    ":method", "GET", ":scheme", "https", ":authority", "a.example"
                }),
                Arguments.of("empty path", "reset 1", head("GET", "", "a.example")),
                Arguments.of("path without slash", "400", head("GET", "a", "a.example")),
                Arguments.of("blank in the path", "400", head("GET", "/a b", "a.example")),
                Arguments.of("line end in the path", "reset 1", head("GET", "/a\r\nX: 1", "a.example")),
                Arguments.of("NUL in the path", "reset 1", head("GET", "/a\0", "a.example")),
                Arguments.of("broken escape", "400", head("GET", "/%zz", "a.example")),
                Arguments.of("above the root", "400", head("GET", "/../a", "a.example")),
                Arguments.of("path beyond its limit", "414", head("GET", "/" + "a".repeat(1024), "a.example")),
                Arguments.of("method with digits", "400", head("GET123", "/", "a.example")),
                Arguments.of("method with a line end", "reset 1", head("GET\r\n", "/", "a.example")),
                Arguments.of("TRACE", "405", head("TRACE", "/", "a.example")),
                Arguments.of("POST without length", "302", head("POST", "/", "a.example")),
                Arguments.of("other scheme", "reset 1", new String[] {
                    ":method", "GET", ":scheme", "http", ":path", "/", ":authority", "a.example"
                }));
    }

    private static String[] head(String method, String path, String authority) {
        return new String[] {":method", method, ":scheme", "https", ":path", path, ":authority", authority};
    }

    @ParameterizedTest(name = "{0}") // REQ-3, RFC 9113 §8.3.1
    @MethodSource("heads")
    void pseudoFieldsAreTakenOrRefused(String name, String outcome, String[] fields) throws Exception {
        try (Http2Wire wire = new Http2Wire(port).begin()) {
            wire.request(fields);
            assertThat(wire.outcomes(1)).first().isEqualTo(outcome);
        }
    }

    @Test // REQ-6
    void connectionEndsByGoawayAfterItsLastRequest() throws Exception {
        try (Http2Wire wire = new Http2Wire(port).begin()) {
            for (int i = 0; i < MOST_REQUESTS; i++) {
                wire.request(head("GET", "/", "a.example"));
                assertThat(wire.outcomes(1)).containsExactly("302");
            }
            assertThat(wire.rest()).first().isEqualTo("goaway");
        }
    }

    @Test // REQ-2
    void clientLibrarySpeaksIt() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(RawClient.trustAll()).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/"))
                .build();

        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(302);
    }

    @Test // REQ-2, WS-17: a browser opens an HTTP/1.1 connection for wss:, and may
    void http11IsSpokenOnTheSameListener() throws Exception {
        String handshake = """
                GET /chat HTTP/1.1
                Host: a.example
                Connection: Upgrade, close
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """.replace("\n", "\r\n");

        assertThat(RawClient.sendTls(port, "a.example", handshake)).startsWith("HTTP/1.1 302");
    }

    @Test // REQ-2: the preface without ALPN is no request
    void prefaceWithoutAlpnIsRefused() throws Exception {
        assertThat(RawClient.sendTls(port, "a.example", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }
}
