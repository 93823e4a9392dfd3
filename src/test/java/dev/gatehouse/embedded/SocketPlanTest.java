package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.CertificateSource;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RequestRoutingRule;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
