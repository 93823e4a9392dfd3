package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.TestCa;
import dev.gatehouse.testkit.TlsClient;
import dev.gatehouse.testkit.TrustAll;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients' certificates over real sockets: who is let in, who hears why not, what backends learn (TLS-30 to TLS-36). */
@Timeout(60)
class MutualTlsTest {
    private static final TestCa ROOT = TestCa.root("Clients Root");
    private static final TestCa CLIENT = new TestCa.Draft("CN=good client").by(ROOT);
    private static final TestCa STRANGER = new TestCa.Draft("CN=stranger").by(TestCa.root("Stranger"));
    private static final String GATEWAY = """
            { "name": "g", "sku": { "tier": "Standard_v2" }, "enableHttp2": true,
              "frontendIPConfigurations": [{ "name": "fe" }],
              "frontendPorts": [{ "name": "p443", "port": 443 }],
              "sslCertificates": [{ "name": "site" }],
              "trustedClientCertificates": [{ "name": "ca", "data": "CA" }],
              "sslProfiles": [
                { "name": "strict", "trustedClientCertificates": [{ "id": "ca" }] },
                { "name": "pass", "clientAuthConfiguration": { "verifyClientAuthMode": "Passthrough" } } ],
              "backendAddressPools": [{ "name": "b", "backendAddresses": [{ "ipAddress": "10.0.0.1" }] }],
              "backendHttpSettingsCollection": [{ "name": "s", "port": 80 }, { "name": "r", "port": 80 }],
              "redirectConfigurations": [{ "name": "away", "redirectType": "Found", "targetUrl": "https://away.example/",
                "includePath": false, "includeQueryString": false }],
              "rewriteRuleSets": [{ "name": "tell", "rewriteRules": [{ "name": "tell", "ruleSequence": 1, "actionSet": {
                "requestHeaderConfigurations": [
                  { "headerName": "X-Verify", "headerValue": "{var_client_certificate_verification}" },
                  { "headerName": "X-Subject", "headerValue": "{var_client_certificate_subject}" } ] } }] }],
              "httpListeners": [ LISTENERS ],
              "requestRoutingRules": [ RULES ] }
            """;

    @TempDir
    static Path directory;

    private static RecordingBackend backend;
    private static ServedGateway gateway;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        backend = new RecordingBackend();
        port = Samples.freePort();
        String listeners = String.join(
                ", ",
                listener("strict", "strict"),
                listener("relayed", "strict"),
                listener("moved", "strict"),
                listener("pass", "pass"),
                listener("open", ""));
        String rules = String.join(
                ", ",
                rule("strict", 1, "s"),
                rule("relayed", 2, "r"),
                rule("pass", 3, "s"),
                rule("open", 4, "s"),
                "{ \"name\": \"moved\", \"priority\": 5, \"httpListener\": \"moved\", \"redirectConfiguration\": \"away\" }");
        String ca = Base64.getEncoder().encodeToString(ROOT.pem().getBytes(StandardCharsets.US_ASCII));
        gateway = ServedGateway.start(
                directory,
                GATEWAY.replace("LISTENERS", listeners).replace("RULES", rules).replace("\"CA\"", "\"" + ca + "\""),
                "{ \"listen\": { \"ports\": { \"443\": " + port + " } },"
                        + " \"addresses\": { \"10.0.0.1\": \"127.0.0.1:" + backend.port() + "\" },"
                        + " \"certificates\": { \"*\": { \"selfSigned\": true } },"
                        + " \"webSocket\": { \"modes\": { \"r\": \"relay\" } } }");
    }

    private static String listener(String name, String profile) {
        return "{ \"name\": \"" + name + "\", \"frontendIPConfiguration\": \"fe\", \"frontendPort\": \"p443\","
                + " \"protocol\": \"Https\", \"hostName\": \"" + name + ".example\", \"sslCertificate\": \"site\""
                + (profile.isEmpty() ? "" : ", \"sslProfile\": \"" + profile + "\"") + " }";
    }

    private static String rule(String name, int priority, String settings) {
        return "{ \"name\": \"" + name + "\", \"priority\": " + priority + ", \"httpListener\": \"" + name
                + "\", \"backendAddressPool\": \"b\", \"backendHttpSettings\": \"" + settings
                + "\", \"rewriteRuleSet\": \"tell\" }";
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        backend.close();
    }

    @BeforeEach
    void forget() throws IOException {
        backend.reset();
        backend.answers(request -> {
            if (request.head().value("Upgrade").equals("websocket")) {
                request.wire().write(WebSocketWire.acceptance(request, ""));
                request.wire().endsWithin(10_000);
            } else {
                request.ok("ok");
            }
        });
    }

    private static SSLContext context(String who) {
        return switch (who) {
            case "client" -> TlsClient.showing(CLIENT);
            case "stranger" -> TlsClient.showing(STRANGER);
            default -> TrustAll.context();
        };
    }

    private static Wire connect(String serverName, String version, String who) throws Exception {
        SSLSocket socket = (SSLSocket) context(who).getSocketFactory().createSocket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        parameters.setProtocols(new String[] {version});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return new Wire(socket);
    }

    private static String get(String host) {
        return "GET /a HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    }

    @ParameterizedTest // TLS-31, TLS-32, TLS-36
    @CsvSource(
            nullValues = "-",
            value = {
                "strict, client, 200, SUCCESS, CN=good client, ok",
                "strict, nobody, 400, -, -, No required SSL certificate was sent",
                "strict, stranger, 400, -, -, The SSL certificate error",
                "moved, client, 302, -, -, https://away.example/",
                "moved, nobody, 400, -, -, No required SSL certificate was sent",
                "pass, client, 200, FAILED:not verified, CN=good client, ok",
                "pass, stranger, 200, FAILED:not verified, CN=stranger, ok",
                "pass, nobody, 200, NONE, '', ok",
                "open, client, 200, NONE, '', ok",
            })
    void certificateDecidesWhereTheProfileSaysSo(
            String host, String who, int status, String verified, String subject, String body) throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (Wire wire = connect(host + ".example", version, who)) {
                wire.write(get(host + ".example"));
                Head head = wire.readFinalHead();
                assertThat(head.status()).isEqualTo(status);
                assertThat(new String(wire.readAnswerBody(head, "GET"), StandardCharsets.UTF_8))
                        .contains(body);
            }
            if (status == 200) {
                Head seen = backend.take().head();
                assertThat(seen.value("X-Verify")).isEqualTo(verified);
                assertThat(seen.value("X-Subject")).isEqualTo(subject);
            }
        }
        assertThat(backend.recorded()).as("nothing else reached the backend").isZero();
    }

    @Test // who is known goes on being known in a resumed session
    void resumedSessionKeepsItsCertificate() throws Exception {
        SSLContext context = context("client");
        Set<Long> begun = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName("strict.example")));
                parameters.setProtocols(new String[] {"TLSv1.2"});
                socket.setSSLParameters(parameters);
                Wire wire = new Wire(socket);
                wire.write(get("strict.example"));
                assertThat(wire.readFinalHead().status()).isEqualTo(200);
                begun.add(socket.getSession().getCreationTime());
                Thread.sleep(5);
            }
        }
        assertThat(begun).as("one session, resumed").hasSize(1);
    }

    @ParameterizedTest // REQ-14
    @CsvSource({
        "open, strict, client, 421",
        "open, strict, nobody, 421",
        "pass, strict, client, 421",
        "moved, strict, client, 421",
        "strict, open, client, 200",
        "strict, pass, client, 200",
    })
    void connectionMadeForAnotherListenerDoesNotLeadToAStrictOne(String name, String host, String who, int status)
            throws Exception {
        try (Wire wire = connect(name + ".example", "TLSv1.3", who)) {
            wire.write(get(host + ".example"));
            assertThat(wire.readFinalHead().status()).isEqualTo(status);
        }
    }

    @ParameterizedTest // REQ-3, TLS-31
    @CsvSource({"moved, client, 302", "moved, nobody, 400", "moved, stranger, 400", "open, client, 421"})
    void certificateDecidesInHttp2Too(String name, String who, String outcome) throws Exception {
        try (Http2Wire wire = new Http2Wire(port, name + ".example", context(who)).begin()) {
            assertThat(wire.protocol()).isEqualTo("h2");
            for (int i = 0; i < 2; i++) {
                wire.request(":method", "GET", ":scheme", "https", ":path", "/a", ":authority", "moved.example");
                assertThat(wire.outcomes(1)).containsExactly(outcome);
            }
        }
    }

    @ParameterizedTest // TLS-36: what another listener asked for tells nothing here, least of all that it was found
    // good
    @CsvSource({"strict, stranger", "pass, stranger", "strict, client", "pass, client"})
    void listenerThatAsksNobodyTellsOfNoCertificate(String name, String who) throws Exception {
        try (Wire wire = connect(name + ".example", "TLSv1.3", who)) {
            wire.write(get("open.example"));
            assertThat(wire.readFinalHead().status()).isEqualTo(200);
        }
        Head seen = backend.take().head();
        assertThat(seen.value("X-Verify")).isEqualTo("NONE");
        assertThat(seen.value("X-Subject")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "relayed"})
    void handshakesAreHeldToTheSame(String host) throws Exception { // WS-2
        try (Wire wire = connect(host + ".example", "TLSv1.3", "nobody")) {
            wire.write(WebSocketWire.handshake("/", host + ".example", ""));
            assertThat(wire.readFinalHead().status()).isEqualTo(400);
        }
        try (Wire wire = connect(host + ".example", "TLSv1.3", "client")) {
            wire.write(WebSocketWire.handshake("/", host + ".example", ""));
            assertThat(wire.readFinalHead().status()).isEqualTo(101);
        }
    }
}
