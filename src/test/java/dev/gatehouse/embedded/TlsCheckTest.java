package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.gateway.GatewayContextListener;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.TestCa;
import dev.gatehouse.testkit.TlsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code tls-check} against backends on real sockets. */
@Timeout(60)
class TlsCheckTest {
    private static final TestCa ROOT = TestCa.root("Backends Root");
    private static final TestCa SITE =
            new TestCa.Draft("CN=leaf").names("site.test").by(ROOT);
    private static final TestCa STRANGER =
            new TestCa.Draft("CN=leaf").names("site.test").by(TestCa.root("Other Root"));

    @TempDir
    Path directory;

    private RecordingBackend right;
    private RecordingBackend wrong;
    private RecordingBackend plain;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void start() throws IOException {
        right = new RecordingBackend(TlsServer.sending(SITE.keys().getPrivate(), SITE.chain()));
        wrong = new RecordingBackend(TlsServer.sending(STRANGER.keys().getPrivate(), STRANGER.chain()));
        plain = new RecordingBackend();
    }

    @AfterEach
    void stop() throws IOException {
        right.close();
        wrong.close();
        plain.close();
    }

    private int check(String certificates, String... arguments) throws IOException {
        String root = Base64.getEncoder().encodeToString(ROOT.pem().getBytes(StandardCharsets.US_ASCII));
        Path file = Files.writeString(directory.resolve("gateway.json"), """
                { "name": "g", "sku": { "tier": "Standard_v2" },
                  "frontendIPConfigurations": [{ "name": "fe" }],
                  "frontendPorts": [{ "name": "p443", "port": 443 }],
                  "sslCertificates": [{ "name": "site" }],
                  "trustedRootCertificates": [{ "name": "root", "data": "$ROOT" }],
                  "backendAddressPools": [
                    { "name": "good", "backendAddresses": [{ "ipAddress": "10.0.0.1" }] },
                    { "name": "bad", "backendAddresses": [{ "ipAddress": "10.0.0.2" }, { "ipAddress": "10.0.0.3" },
                      { "ipAddress": "10.0.0.4" }, { "fqdn": "nowhere.invalid" }] } ],
                  "backendHttpSettingsCollection": [{ "name": "s", "port": 443, "protocol": "Https",
                    "hostName": "site.test", "trustedRootCertificates": [{ "id": "root" }] }],
                  "httpListeners": [{ "name": "l", "frontendIPConfiguration": "fe", "frontendPort": "p443",
                    "protocol": "Https", "hostName": "shop.test", "sslCertificate": "site" }],
                  "urlPathMaps": [{ "name": "m", "defaultBackendAddressPool": "good", "defaultBackendHttpSettings": "s",
                    "pathRules": [{ "name": "b", "paths": ["/b/*"], "backendAddressPool": "bad",
                      "backendHttpSettings": "s" }] }],
                  "requestRoutingRules": [{ "name": "r", "priority": 1, "ruleType": "PathBasedRouting",
                    "httpListener": "l", "urlPathMap": "m" }] }
                """.replace("$ROOT", root));
        Files.writeString(
                directory.resolve("gatehouse.local.json"),
                "{ \"addresses\": { \"10.0.0.1\": \"127.0.0.1:" + right.port() + "\", \"10.0.0.2\": \"127.0.0.1:"
                        + wrong.port() + "\", \"10.0.0.3\": \"127.0.0.1:" + plain.port()
                        + "\", \"10.0.0.4\": \"127.0.0.1:" + Samples.freePort() + "\" }, \"certificates\": {"
                        + certificates + "} }");
        CommandLine line = Commands.with(GatewayContextListener::new)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 2];
        all[0] = "tls-check";
        all[1] = file.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return line.execute(all);
    }

    @Test
    void poolThatIsFineIsAccepted() throws Exception {
        Files.writeString(directory.resolve("site.pem"), SITE.pem());
        Files.writeString(directory.resolve("site.key"), SITE.keyPem());

        assertThat(check("\"*\": { \"pem\": \"site.pem\", \"key\": \"site.key\" }", "--pool", "good"))
                .as(out + "" + err)
                .isEqualTo(4); // for the listener's certificate
        assertThat(out.toString())
                .contains("listener l\n  from      sslCertificates/site")
                .contains("chain 1   CN=leaf for site.test; issued by CN=Backends Root; EC 256; ", ", 29 days left")
                .contains("not for   shop.test: browsers will refuse it")
                .contains("pool good, settings s: 10.0.0.1:443 (dialled as 127.0.0.1:" + right.port() + ")")
                .contains("SNI       site.test (hostName of the settings)")
                .contains("checked   chain and dates against root; the name site.test")
                .contains("agreed    TLSv1.3, TLS_AES_256_GCM_SHA384")
                .contains("ACCEPTED")
                .doesNotContain("pool bad");
    }

    @Test
    void selfSignedListenerAndGoodBackendAreFine() throws Exception {
        assertThat(check("\"*\": { \"selfSigned\": true }", "--pool", "good"))
                .as(out + "" + err)
                .isZero();
    }

    @Test
    void serverThatDripsOrIsSilentDoesNotHoldTheReport() throws Exception {
        wrong.close();
        plain.close();
        try (ServerSocket dripping = drip(wrong.port());
                ServerSocket silent = new ServerSocket(plain.port(), 5, InetAddress.getLoopbackAddress())) {
            long begun = System.nanoTime();
            assertThat(check("\"*\": { \"selfSigned\": true }")).isEqualTo(4);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            assertThat(dripping.isBound() && silent.isBound()).isTrue();
        }
        assertThat(out.toString().lines().filter(line -> line.startsWith("  REFUSED   Time-out: the TLS handshake")))
                .hasSize(2);
    }

    private static ServerSocket drip(int port) throws IOException {
        ServerSocket server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try (Socket client = server.accept()) {
                client.getOutputStream().write(new byte[] {0x16, 0x03, 0x03, 0x3F, (byte) 0xFF});
                for (int i = 0; i < 60; i++) {
                    client.getOutputStream().write(1);
                    Thread.sleep(500);
                }
            } catch (IOException e) {
                assertThat(e).isNotNull(); // the gateway has left, as it should
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    @Test // TLS-37: in TLS 1.3 the client is done before the server refuses
    void backendThatNeedsACertificateOfTheGatewayIsRefused() throws Exception {
        right.close();
        right = new RecordingBackend(TlsServer.needingCertificates(SITE.keys().getPrivate(), SITE.chain()));

        assertThat(check("\"*\": { \"selfSigned\": true }", "--pool", "good")).isEqualTo(4);
        assertThat(out.toString()).contains("REFUSED", "cure      Let the backend do without a client's certificate");
    }

    @Test
    void textOfABackendIsNoCommandToTheTerminal() throws Exception {
        right.close();
        TestCa evil = new TestCa.Draft("CN=\u001b[31mred\\0AACCEPTED")
                .names("site.test")
                .by(ROOT);
        right = new RecordingBackend(TlsServer.sending(evil.keys().getPrivate(), evil.chain()));

        check("\"*\": { \"selfSigned\": true }", "--pool", "good");
        assertThat(out.toString()).doesNotContain("\u001b").contains("\\u001b[31mred");
    }

    @Test
    void everyRefusalSaysWhyAndWhatToDo() throws Exception {
        assertThat(check("\"*\": { \"selfSigned\": true }", "--format", "json")).isEqualTo(4);

        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("listeners").path(0).path("from").asText()).isEqualTo("self-signed, made at start");
        List<JsonNode> backends = new ArrayList<>();
        report.path("backends").forEach(backends::add);
        assertThat(backends).hasSize(5);
        assertThat(backends.get(0).path("accepted").asBoolean()).isTrue();
        assertThat(backends.get(1).path("refusal").asText())
                .startsWith("The certificate of 10.0.0.2:443 (dialled as 127.0.0.1:")
                .contains("leads to none of the trustedRootCertificates of its settings")
                .contains("CN=Other Root");
        assertThat(backends.get(1).path("cure").asText())
                .contains("CN=Other Root", "trustedRootCertificates", "\"trust\"");
        assertThat(backends.get(1).path("chain").path(0).path("names").path(0).asText())
                .isEqualTo("site.test");
        assertThat(backends.get(2).path("refusal").asText()).startsWith("The TLS handshake with 10.0.0.3:443");
        assertThat(backends.get(2).path("cure").asText()).contains("plain HTTP", "protocol of s");
        assertThat(backends.get(3).path("refusal").asText()).contains("connection refused");
        assertThat(backends.get(4).path("refusal").asText()).isEqualTo("The name nowhere.invalid has no address.");
    }

    @Test
    void listenerWithoutKeyIsToldAndCounts() throws Exception {
        assertThat(check("", "--pool", "good")).isEqualTo(4);
        assertThat(out.toString()).contains("MISSING", "has no private key").contains("ACCEPTED");
    }

    @Test
    void poolThatIsNoneIsAWrongUse() throws Exception {
        assertThat(check("", "--pool", "other")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no pool \"other\".");
    }
}
