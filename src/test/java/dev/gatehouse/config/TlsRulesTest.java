package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.model.ClientAuthentication;
import dev.gatehouse.model.ClientAuthentication.Mode;
import dev.gatehouse.model.ClientAuthentication.Revocation;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.LayerFour;
import dev.gatehouse.model.PredefinedSslPolicy;
import dev.gatehouse.model.SslPolicy;
import dev.gatehouse.model.SslProfile;
import dev.gatehouse.model.TlsVersion;
import dev.gatehouse.tls.CipherSuites;
import dev.gatehouse.tls.JvmTls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the TLS side of a gateway becomes, and the rules that golden cases cannot show in one file. */
class TlsRulesTest {
    private static final String SUITES = "\"policyType\": \"Custom\", \"minProtocolVersion\": \"TLSv1_2\","
            + " \"cipherSuites\": [\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"";

    @ParameterizedTest
    @CsvSource({
        "Standard, true",
        "waf, true",
        "Standard_v2, false",
        "WAF_v2, false",
        "Basic, false",
    })
    void tierAloneDecidesBetweenV1AndV2(String tier, boolean isV1) { // CFG-17
        assertThat(gateway("\"sku\": { \"tier\": \"" + tier + "\" },").isV1()).isEqualTo(isV1);
        assertThat(gateway("").isV1()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | APP_GW_20220101 | true",
                "'\"sslPolicy\": null,' | APP_GW_20220101 | true",
                "'\"sslPolicy\": {},' | APP_GW_20220101 | true",
                "'\"sslPolicy\": { \"cipherSuites\": [] },' | APP_GW_20220101 | true",
                "'\"defaultPredefinedSslPolicy\": \"AppGwSslPolicy20150501\",' | APP_GW_20150501 | true",
                "'\"sslPolicy\": { \"policyName\": \"AppGwSslPolicy20170401S\" },' | APP_GW_20170401S | false",
                "'\"defaultPredefinedSslPolicy\": \"AppGwSslPolicy20150501\", \"sslPolicy\": { \"policyName\":"
                        + " \"AppGwSslPolicy20220101S\" },' | APP_GW_20220101S | false",
            })
    void policyThatNobodyChoseIsTodaysDefaultAndIsNamed(
            String members, PredefinedSslPolicy expected, boolean isNoted) { // CFG-18
        LoadResult result = load(members, "");

        assertThat(gatewayOf(result).tls().sslPolicy().policyName()).isEqualTo(expected);
        assertThat(result.problems())
                .filteredOn(problem ->
                        problem.severity() == Severity.INFO && problem.id().equals("CFG-18"))
                .hasSize(isNoted ? 1 : 0)
                .allMatch(problem -> problem.message().contains(expected.azureName()));
    }

    @Test
    void gatewayWithoutHttpsIsNotBotheredWithPolicies() {
        LoadResult result = load("", "\"protocol\": \"Http\",");

        assertThat(result.problems()).noneMatch(problem -> problem.id().equals("CFG-18"));
    }

    @Test
    void disabledProtocolsAloneCutTheDefaultPolicy() { // section 4.6, the oldest form
        SslPolicy policy = gateway("\"sslPolicy\": { \"disabledSslProtocols\": [\"TLSv1_0\", \"TLSv1_2\"] },")
                .tls()
                .sslPolicy();

        assertThat(policy.policyName()).isEqualTo(PredefinedSslPolicy.APP_GW_20220101);
        assertThat(policy.disabledSslProtocols()).containsExactlyInAnyOrder(TlsVersion.TLS_1_0, TlsVersion.TLS_1_2);
    }

    @Test
    void customPolicyKeepsOrderAndSpellsSuitesAsAzureDoes() { // TLS-20
        SslPolicy policy = gateway("\"sslPolicy\": { \"policyType\": \"customv2\", \"minProtocolVersion\": \"tlsv1_2\","
                        + " \"cipherSuites\": [\"tls_ecdhe_rsa_with_aes_128_gcm_sha256\","
                        + " \"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\", \"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"] },")
                .tls()
                .sslPolicy();

        assertThat(policy)
                .isEqualTo(new SslPolicy(
                        SslPolicy.Type.CUSTOM_V2,
                        null,
                        TlsVersion.TLS_1_2,
                        List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                        Set.of()));
    }

    @ParameterizedTest // VAL-34
    @CsvSource(
            delimiter = '|',
            value = {
                "Standard | '' | 1",
                "Standard | ', \"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"' | 0",
                "Standard_v2 | '' | 0",
            })
    void customPolicyOfV1NeedsTheSuiteOfAzuresOwnManagement(String tier, String more, int warnings) {
        LoadResult result =
                load("\"sku\": { \"tier\": \"" + tier + "\" }, \"sslPolicy\": { " + SUITES + more + "] },", "");

        assertThat(result.problems())
                .filteredOn(problem -> problem.id().equals("VAL-34"))
                .hasSize(warnings)
                .allMatch(problem -> problem.severity() == Severity.WARNING)
                .allMatch(problem -> problem.path().equals("sslPolicy.cipherSuites"));
    }

    @ParameterizedTest // VAL-33: old beside new, whichever way round; a default that nobody chose counts for nothing
    @CsvSource(
            delimiter = '|',
            value = {
                "AppGwSslPolicy20220101 | AppGwSslPolicy20170401S | 1",
                "AppGwSslPolicy20170401S | AppGwSslPolicy20220101S | 1",
                "AppGwSslPolicy20170401S | AppGwSslPolicy20150501 | 0",
                "AppGwSslPolicy20220101 | AppGwSslPolicy20220101S | 0",
                "'' | AppGwSslPolicy20170401S | 0",
            })
    void azureTakesOneGenerationOfPolicies(String ofGateway, String ofProfile, int expected) {
        String own = ofGateway.isEmpty() ? "" : "\"sslPolicy\": { \"policyName\": \"" + ofGateway + "\" },";
        LoadResult result = load(
                own + "\"sslProfiles\": [{ \"name\": \"p\", \"sslPolicy\": { \"policyName\": \"" + ofProfile
                        + "\" } }],",
                "\"sslProfile\": \"p\",");

        assertThat(result.configuration()).isPresent();
        assertThat(result.problems())
                .filteredOn(problem -> problem.id().equals("VAL-33"))
                .hasSize(expected)
                .allMatch(problem -> problem.severity() == Severity.AZURE)
                .allMatch(problem -> problem.path().equals("sslProfiles[0].sslPolicy"));
    }

    @Test
    void jvmWithoutRsaKeyExchangeIsSaidToLoseThoseSuites() { // TLS-21, JDK 25
        Set<String> newer = new HashSet<>(CipherSuites.all());
        newer.removeIf(name -> name.startsWith("TLS_RSA_"));
        LoadResult result = load(
                new JvmTls("25", Set.of("TLSv1.2", "TLSv1.3"), newer),
                "\"sslPolicy\": { \"policyName\": \"AppGwSslPolicy20170401S\" },",
                "",
                "\"selfSigned\": true");

        assertThat(result.problems())
                .filteredOn(problem -> problem.id().equals("TLS-21"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
                    assertThat(problem.message()).contains("JVM (25)", "TLS_RSA_WITH_AES_256_GCM_SHA384");
                });
    }

    @Test
    void profileReachesItsListener() { // TLS-30 to TLS-34
        Gateway gateway = gatewayOf(load(
                "\"trustedClientCertificates\": [{ \"name\": \"ca\" }],"
                        + " \"sslProfiles\": [{ \"name\": \"p\", \"properties\": { \"trustedClientCertificates\": [{ \"id\":"
                        + " \"/trustedClientCertificates/CA\" }], \"clientAuthConfiguration\": {"
                        + " \"verifyClientCertIssuerDN\": true, \"verifyClientRevocation\": \"ocsp\" } } }],",
                "\"sslProfile\": { \"id\": \"/sslProfiles/P\" },"));

        SslProfile profile = gateway.httpListeners().get(0).sslProfile();
        assertThat(gateway.tls().sslProfiles()).containsExactly(profile);
        assertThat(profile.trustedClientCertificates())
                .singleElement()
                .satisfies(ca -> assertThat(ca.name()).isEqualTo("ca"));
        assertThat(profile.clientAuthentication())
                .isEqualTo(new ClientAuthentication(Mode.STRICT, true, Revocation.OCSP));
    }

    @ParameterizedTest // CFG-21; what stands in for a key is no key, and no reason to refuse the file
    @ValueSource(
            strings = {
                "****",
                "<certData>",
                "[...]",
                "--cert--",
                "xx",
                "base64-pfxData",
                "long base64 string",
                "GEN-SELFSIGNED-CERT-PFXDATA",
                "GEN-UNIQUE",
                "[parameters('certData')]"
            })
    void placeholderInsteadOfAKeyShutsThatListenerAlone(String data) {
        LoadResult result =
                load(JVM, "\"sslCertificates\": [{ \"name\": \"cert\", \"data\": \"" + data + "\" }],", "", "");

        assertThat(result.configuration()).isPresent();
        assertThat(result.problems())
                .filteredOn(problem -> problem.id().equals("CFG-21"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.BINDING);
                    assertThat(problem.path()).isEqualTo("httpListeners[0].sslCertificate");
                    assertThat(problem.cure()).contains("\"certificates\": { \"cert\"");
                });
        assertThat(result.problems()).noneMatch(problem -> problem.id().equals("VAL-36"));
    }

    @ParameterizedTest // VAL-36; what was meant to be a key must be one
    @ValueSource(strings = {"MIIB", "aGVsbG8gd29ybGQ=", "aGVs\\r\\n  bG8h"})
    void realBase64ThatIsNoStoreIsRefused(String data) {
        LoadResult result =
                load(JVM, "\"sslCertificates\": [{ \"name\": \"cert\", \"data\": \"" + data + "\" }],", "", "");

        assertThat(result.problems())
                .filteredOn(problem -> problem.severity() == Severity.ERROR)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.id()).isEqualTo("VAL-36");
                    assertThat(problem.path()).isEqualTo("sslCertificates[0].data");
                });
    }

    @Test
    void localKeyReplacesWhatTheGatewayFileHas() {
        LoadResult result = load("\"sslCertificates\": [{ \"name\": \"cert\", \"data\": \"MIIB\" }],", "");

        assertThat(result.configuration()).isPresent();
    }

    @Test
    void layerFourIsReadWhole() { // section 4.19
        LayerFour layerFour = gateway("\"probes\": [{ \"name\": \"tls\", \"protocol\": \"Tls\", \"interval\": 7 }],"
                        + " \"backendSettingsCollection\": [{ \"name\": \"mail\", \"port\": 993, \"protocol\": \"Tls\","
                        + " \"timeout\": 86400, \"probe\": \"tls\", \"hostName\": \"m.example\","
                        + " \"enableL4ClientIpPreservation\": true }],"
                        + " \"listeners\": [{ \"name\": \"imaps\", \"frontendIPConfiguration\": \"fe\", \"frontendPort\":"
                        + " \"p993\", \"protocol\": \"tls\", \"sslCertificate\": \"cert\", \"hostNames\": [\"M.example\"] },"
                        + " { \"name\": \"raw\", \"frontendIPConfiguration\": \"fe\", \"frontendPort\": \"p25\","
                        + " \"protocol\": \"Tcp\" }],"
                        + " \"routingRules\": ["
                        + "{ \"name\": \"second\", \"priority\": 20, \"listener\": \"raw\", \"backendAddressPool\": \"pool\","
                        + " \"backendSettings\": \"mail\" },"
                        + "{ \"name\": \"first\", \"priority\": 10, \"listener\": \"imaps\", \"backendAddressPool\":"
                        + " \"pool\", \"backendSettings\": \"mail\" }],")
                .layerFour();

        assertThat(layerFour.routingRules())
                .extracting(LayerFour.RoutingRule::name)
                .containsExactly("first", "second");
        LayerFour.RoutingRule rule = layerFour.routingRules().get(0);
        assertThat(rule.listener().protocol()).isEqualTo(LayerFour.Protocol.TLS);
        assertThat(rule.listener().hostNames()).containsExactly("m.example");
        assertThat(rule.backendSettings().timeout()).isEqualTo(Duration.ofDays(1));
        assertThat(rule.backendSettings().enableL4ClientIpPreservation()).isTrue();
        assertThat(rule.backendSettings().host().hostName()).isEqualTo("m.example");
        assertThat(rule.backendSettings().probe().timing().interval()).isEqualTo(Duration.ofSeconds(7));
    }

    private static final JvmTls JVM = new JvmTls("17", Set.of("TLSv1.3", "TLSv1.2"), Set.copyOf(CipherSuites.all()));

    private static Gateway gateway(String members) {
        return gatewayOf(load(members, ""));
    }

    private static Gateway gatewayOf(LoadResult result) {
        assertThat(result.problems()).noneMatch(problem -> problem.severity() == Severity.ERROR);
        return result.configuration().orElseThrow().gateway();
    }

    private static LoadResult load(String members, String ofListener) {
        return load(JVM, members, ofListener, "\"selfSigned\": true");
    }

    private static LoadResult load(JvmTls jvm, String members, String ofListener, String certificate) {
        String gateway = "{" + members
                + (members.contains("sslCertificates") ? "" : "\"sslCertificates\": [{ \"name\": \"cert\" }],")
                + """
                "frontendIPConfigurations": [{ "name": "fe" }],
                "frontendPorts": [{ "name": "p443", "port": 443 }, { "name": "p993", "port": 993 }, { "name": "p25", "port": 25 }],
                "backendAddressPools": [{ "name": "pool", "backendAddresses": [{ "fqdn": "b.example" }] }],
                "backendHttpSettingsCollection": [{ "name": "s", "port": 80 }],
                "httpListeners": [{ "name": "l", %s "frontendIPConfiguration": "fe", "frontendPort": "p443",
                                    "sslCertificate": "cert" }],
                "requestRoutingRules": [{ "name": "r", "priority": 1, "httpListener": "l", "backendAddressPool": "pool",
                                          "backendHttpSettings": "s" }] }
                """.formatted(ofListener);
        Optional<Source> local = certificate.isEmpty()
                ? Optional.empty()
                : Optional.of(source("local.json", "{ \"certificates\": { \"cert\": {" + certificate + "} } }"));
        Surroundings surroundings = new Surroundings(
                Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC), Map.<String, String>of()::get, jvm);
        return new ConfigurationReader(surroundings).load(source("gateway.json", gateway), local, Path.of(""));
    }

    private static Source source(String name, String text) {
        return new Source(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
