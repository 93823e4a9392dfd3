package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.model.CertificateSource;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RequestRoutingRule;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketPlanTest {
    @Test
    void listenersOfOnePortShareASocket() throws Exception { // REQ-1
        SocketPlan plan = SocketPlan.of(Samples.configuration(
                Map.of(), Samples.http(8080, "a.example"), Samples.http(8081), Samples.http(8080, "b.example")));

        assertThat(plan.sockets())
                .extracting(socket -> socket.address().toString())
                .containsExactly("127.0.0.1:8080", "127.0.0.1:8081");
        assertThat(plan.sockets().get(0).listeners()).hasSize(2);
    }

    @Test
    void listenerWithoutAKeyStaysShutAndItsRuleWithIt() throws Exception { // CFG-21, TLS-5
        HttpListener keyless = Samples.https("keyless", 8443, "a.example");
        SocketPlan plan = SocketPlan.of(Samples.configuration(
                Map.of("keyed", new CertificateSource.SelfSigned()),
                keyless,
                Samples.https("keyed", 8443, "b.example"),
                Samples.https("alone", 9443)));

        assertThat(plan.sockets()).hasSize(1);
        assertThat(plan.sockets().get(0).listeners())
                .extracting(HttpListener::name)
                .containsExactly("keyed");
        assertThat(plan.shut()).hasSize(2).first().asString().contains("keyless", "stays shut", "certificates");
        assertThat(plan.configuration().gateway().requestRoutingRules())
                .extracting(RequestRoutingRule::name)
                .containsExactly("rule-keyed");
        assertThat(plan.configuration().gateway().httpListeners()).contains(keyless);
    }

    @Test
    void brokenKeysAndProtocolConflictsAreReportedTogether() {
        CertificateSource absent = new CertificateSource.Pfx(Path.of("no-such.pfx"), null, null);

        assertThatThrownBy(() -> SocketPlan.of(Samples.configuration(
                        Map.of("one", absent, "two", absent, "*", new CertificateSource.SelfSigned()),
                        Samples.https("one", 8443),
                        Samples.https("two", 9443),
                        Samples.https("three", 8080),
                        Samples.http(8080))))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("sslCertificates/one")
                .hasMessageContaining("sslCertificates/two")
                .hasMessageContaining("REQ-1");
    }

    @Test
    void gatewayOfWhichNothingCanBeOpenedIsRefused() {
        assertThatThrownBy(() -> SocketPlan.of(Samples.configuration(Map.of(), Samples.https("keyless", 8443))))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("keyless")
                .hasMessageContaining("no listener");
        assertThatThrownBy(() -> SocketPlan.of(Samples.configuration(Map.of()))).hasMessageContaining("no listener");
    }

    @ParameterizedTest
    @CsvSource({"false, true", "true, false"})
    void http2IsNotSpokenWhereConnectionsAreDedicated(boolean isDedicated, boolean http2) throws Exception { // REQ-44
        String gateway = """
                { "name": "g", "enableHttp2": true, "frontendIPConfigurations": [ { "name": "fe" } ],
                  "frontendPorts": [ { "name": "p443", "port": 443 }, { "name": "p444", "port": 444 } ],
                  "sslCertificates": [ { "name": "site" } ],
                  "backendAddressPools": [ { "name": "p" } ],
                  "backendHttpSettingsCollection": [ { "name": "s", "port": 80 },
                    { "name": "own", "port": 80, "dedicatedBackendConnection": DEDICATED } ],
                  "httpListeners": [
                    { "name": "a", "frontendIPConfiguration": "fe", "frontendPort": "p443", "protocol": "Https",
                      "sslCertificate": "site" },
                    { "name": "b", "frontendIPConfiguration": "fe", "frontendPort": "p444", "protocol": "Https",
                      "sslCertificate": "site" } ],
                  "urlPathMaps": [ { "name": "m", "defaultBackendAddressPool": "p", "defaultBackendHttpSettings": "s",
                    "pathRules": [ { "name": "own", "paths": [ "/own/*" ], "backendAddressPool": "p",
                      "backendHttpSettings": "own" } ] } ],
                  "requestRoutingRules": [
                    { "name": "r1", "priority": 1, "httpListener": "a", "ruleType": "PathBasedRouting",
                      "urlPathMap": "m" },
                    { "name": "r2", "priority": 2, "httpListener": "b", "backendAddressPool": "p",
                      "backendHttpSettings": "s" } ] }
                """;
        GatewayConfiguration configuration = new ConfigurationReader()
                .load(
                        source(gateway.replace("DEDICATED", Boolean.toString(isDedicated))),
                        Optional.of(source("{ \"certificates\": { \"*\": { \"selfSigned\": true } } }")),
                        Path.of(""))
                .configuration()
                .orElseThrow();
        assertThat(SocketPlan.of(configuration).sockets())
                .extracting(ListenerSocket::http2)
                .containsExactly(http2, true);
    }

    private static Source source(String text) {
        return new Source("file.json", text.getBytes(UTF_8));
    }
}
