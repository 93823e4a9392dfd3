package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tls.JvmTls;
import dev.gatehouse.tls.TlsLook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What listeners negotiate under each policy, suite by suite (TLS-20, TLS-21). */
@Timeout(120)
class PolicyTrafficTest {
    private static final List<String> RSA_2022S =
            List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    private static final List<String> OLD_RSA = List.of(
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_CBC_SHA256",
            "TLS_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA");
    private static final List<String> SHA2_CBC =
            List.of("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256");

    @TempDir
    Path directory;

    private ServedGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void serve(int port, String policy) throws Exception {
        RsaSite.write(directory);
        gateway = ServedGateway.start(
                directory, """
                { "name": "g", "sku": { "tier": "Standard_v2" },
                  "frontendIPConfigurations": [{ "name": "fe" }],
                  "frontendPorts": [{ "name": "p443", "port": 443 }],
                  "sslCertificates": [{ "name": "site" }, { "name": "ec" }],
                  "sslProfiles": [{ "name": "own", "sslPolicy": POLICY }],
                  "backendAddressPools": [{ "name": "b", "backendAddresses": [{ "ipAddress": "10.0.0.1" }] }],
                  "backendHttpSettingsCollection": [{ "name": "s", "port": 80 }],
                  "httpListeners": [
                    { "name": "own", "frontendIPConfiguration": "fe", "frontendPort": "p443", "protocol": "Https",
                      "hostName": "own.example", "sslCertificate": "site", "sslProfile": "own" },
                    { "name": "other", "frontendIPConfiguration": "fe", "frontendPort": "p443", "protocol": "Https",
                      "hostName": "other.example", "sslCertificate": "site" } ],
                  "requestRoutingRules": [
                    { "name": "own", "priority": 1, "httpListener": "own", "backendAddressPool": "b",
                      "backendHttpSettings": "s" },
                    { "name": "other", "priority": 2, "httpListener": "other", "backendAddressPool": "b",
                      "backendHttpSettings": "s" } ] }
                """.replace("POLICY", policy), """
                { "listen": { "ports": { "443": PORT } }, "addresses": { "10.0.0.1": "127.0.0.1:1" },
                  "certificates": { "*": { "pem": "site.pem", "key": "site.key" } } }
                """.replace("PORT", Integer.toString(port)));
    }

    private static TlsLook look(int port) {
        return new TlsLook(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Duration.ofSeconds(5));
    }

    /** Every suite of TLS 1.2 that is taken when it is offered alone. */
    private static List<String> taken(TlsLook look, String name) {
        List<String> taken = new ArrayList<>();
        for (String suite : JvmTls.running().suites()) {
            boolean isOld = suite.contains("_WITH_");
            if (isOld && agreed(look, name, "TLSv1.2", List.of(suite)).isPresent()) {
                taken.add(suite);
            }
        }
        return taken;
    }

    private static Optional<TlsLook.Seen> agreed(TlsLook look, String name, String version, List<String> suites) {
        try {
            return Optional.of(look.seen(Optional.of(name), List.of(version), suites));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AppGwSslPolicy20150501, false, ECDHE22S SHA2_CBC OLD",
        "AppGwSslPolicy20170401, false, ECDHE22S OLD",
        "AppGwSslPolicy20170401S, false, ECDHE22S OLD",
        "AppGwSslPolicy20220101, true, ECDHE22S SHA2_CBC",
        "AppGwSslPolicy20220101S, true, ECDHE22S"
    })
    void predefinedPolicyIsKeptSuiteBySuite(String policy, boolean hasTls13, String parts) throws Exception {
        int port = Samples.freePort();
        List<String> expected = new ArrayList<>(RSA_2022S);
        Arrays.stream(parts.split(" "))
                .forEach(part -> expected.addAll(
                        switch (part) {
                            case "OLD" -> OLD_RSA;
                            case "SHA2_CBC" -> SHA2_CBC;
                            default -> List.<String>of();
                        }));
        expected.retainAll(JvmTls.running().suites()); // JDK 25 has no TLS_RSA_* any more
        serve(port, "{ \"policyType\": \"Predefined\", \"policyName\": \"" + policy + "\" }");
        TlsLook look = look(port);
        assertThat(taken(look, "own.example")).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(agreed(look, "own.example", "TLSv1.3", List.of()).isPresent())
                .isEqualTo(hasTls13);
        assertThat(agreed(look, "other.example", "TLSv1.3", List.of())).isPresent(); // the gateway's own policy
    }

    @Test
    void customPolicysOrderDecidesWhateverTheClientPrefers() throws Exception {
        int port = Samples.freePort();
        List<String> wanted = List.of(
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        serve(
                port,
                "{ \"policyType\": \"Custom\", \"minProtocolVersion\": \"TLSv1_2\", \"cipherSuites\": [\""
                        + String.join("\", \"", wanted) + "\"] }");
        List<String> reversed = new ArrayList<>(wanted);
        Collections.reverse(reversed);
        for (int from = 0; from < wanted.size(); from++) {
            List<String> offered = reversed.subList(0, wanted.size() - from);
            assertThat(agreed(look(port), "own.example", "TLSv1.2", offered)
                            .orElseThrow()
                            .cipherSuite())
                    .isEqualTo(wanted.get(from));
        }
        assertThat(agreed(look(port), "own.example", "TLSv1.3", List.of())).isEmpty();
    }

    @Test
    void customPolicyOfTls13TakesNothingElse() throws Exception {
        int port = Samples.freePort();
        serve(port, "{ \"policyType\": \"CustomV2\", \"minProtocolVersion\": \"TLSv1_3\" }");
        assertThat(taken(look(port), "own.example")).isEmpty();
        assertThat(agreed(look(port), "own.example", "TLSv1.3", List.of("TLS_AES_128_GCM_SHA256")))
                .isPresent();
        assertThat(agreed(look(port), "own.example", "TLSv1.3", List.of("TLS_CHACHA20_POLY1305_SHA256")))
                .isEmpty();
    }
}
