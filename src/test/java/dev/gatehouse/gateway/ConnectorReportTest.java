package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.TestCa;
import dev.gatehouse.testkit.TlsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a container's connector does otherwise than its listener asks for, seen on sockets. */
@Timeout(60)
class ConnectorReportTest {
    private static final TestCa ROOT = TestCa.root("Root");

    @TempDir
    Path directory;

    private List<String> report(int port, String listener) throws Exception {
        Path file = Files.writeString(directory.resolve("gateway.json"), """
                { "name": "g", "sku": { "tier": "Standard_v2" },
                  "frontendIPConfigurations": [{ "name": "fe" }],
                  "frontendPorts": [{ "name": "p", "port": 443 }],
                  "sslCertificates": [{ "name": "site" }],
                  "sslProfiles": [
                    { "name": "old", "sslPolicy": { "policyType": "Custom", "minProtocolVersion": "TLSv1_2",
                      "cipherSuites": ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"] } },
                    { "name": "pass", "clientAuthConfiguration": { "verifyClientAuthMode": "Passthrough" },
                      "sslPolicy": { "policyType": "CustomV2", "minProtocolVersion": "TLSv1_3" } } ],
                  "backendAddressPools": [{ "name": "b", "backendAddresses": [{ "ipAddress": "10.0.0.1" }] }],
                  "backendHttpSettingsCollection": [{ "name": "s", "port": 80 }],
                  "httpListeners": [{ "name": "l", "frontendIPConfiguration": "fe", "frontendPort": "p", $LISTENER }],
                  "requestRoutingRules": [{ "name": "r", "priority": 1, "httpListener": "l",
                    "backendAddressPool": "b", "backendHttpSettings": "s" }] }
                """.replace("$LISTENER", listener));
        Files.writeString(
                directory.resolve("gatehouse.local.json"),
                "{ \"listen\": { \"ports\": { \"443\": " + port
                        + " } }, \"certificates\": { \"*\": { \"selfSigned\": true } } }");
        LoadResult loaded = new ConfigurationReader().load(file, Optional.empty());
        assertThat(loaded.configuration()).as("%s", loaded.problems()).isPresent();
        GatewayConfiguration configuration = loaded.configuration().orElseThrow();
        HttpListener only = configuration.gateway().httpListeners().get(0);
        return new ConnectorReport(configuration, Clock.systemUTC(), () -> false)
                .of(new ListenAddress("127.0.0.1", port), List.of(only));
    }

    private static RecordingBackend tls(Instant until, String... names) throws Exception {
        TestCa site = new TestCa.Draft("CN=site")
                .names(names)
                .from(until.minus(Duration.ofDays(9)))
                .until(until)
                .by(ROOT);
        return new RecordingBackend(TlsServer.sending(site.keys().getPrivate(), site.chain()));
    }

    private static final String HTTPS = "\"protocol\": \"Https\", \"sslCertificate\": \"site\"";

    @Test
    void portOnWhichNobodyListensIsTold() throws Exception {
        int port;
        try (RecordingBackend gone = new RecordingBackend()) {
            port = gone.port();
        }
        assertThat(report(port, "\"protocol\": \"Http\""))
                .singleElement()
                .asString()
                .contains("listener l (127.0.0.1:" + port + ") cannot be reached");
    }

    @Test
    void plainWhereTlsIsToBeAndTheOtherWayRound() throws Exception {
        try (RecordingBackend plain = new RecordingBackend();
                RecordingBackend secure = tls(Instant.now().plusSeconds(9999), "any.test")) {
            assertThat(report(plain.port(), "\"protocol\": \"Http\"")).isEmpty();
            assertThat(report(secure.port(), "\"protocol\": \"Http\""))
                    .singleElement()
                    .asString()
                    .contains("is Http, but the connector speaks TLS");
            assertThat(report(plain.port(), HTTPS))
                    .singleElement()
                    .asString()
                    .contains("is Https, but the connector makes no TLS handshake");
        }
    }

    @Test
    void certificatePolicyAndClientsAreCompared() throws Exception {
        try (RecordingBackend secure = tls(Instant.now().plusSeconds(9999), "shop.test");
                RecordingBackend expired = tls(Instant.now().minusSeconds(99), "shop.test")) {
            String profile = ", \"hostName\": \"shop.test\", \"sslProfile\": ";
            assertThat(report(secure.port(), HTTPS + profile + "\"old\""))
                    .singleElement()
                    .asString()
                    .contains("has a TLS policy that the connector goes beyond", "TLSv1.3");
            assertThat(report(secure.port(), HTTPS + profile + "\"pass\""))
                    .anyMatch(line -> line.contains("wants certificates of clients, but the connector does not ask"))
                    .anyMatch(line -> line.contains("goes beyond") && line.contains("TLSv1.2"));
            assertThat(report(secure.port(), HTTPS + ", \"hostNames\": [\"*.shop.test\"]"))
                    .anyMatch(line -> line.contains("serves *.shop.test, but the connector shows CN=site (shop.test)"));
            assertThat(report(expired.port(), HTTPS + ", \"hostName\": \"shop.test\""))
                    .anyMatch(line -> line.contains("has expired"));
        }
    }
}
