package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.TreeReader;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.testkit.Corpus;
import dev.gatehouse.testkit.JsonText;
import dev.gatehouse.testkit.TestDay;
import dev.gatehouse.tls.SelfSignedCertificate;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code export} (product.md 2): ARM layout, effective values, no secrets, and it reads back as the same gateway. */
class GatewayExportTest {
    private static final String SMALL = """
            { "name": "gw", "location": "here",
              "frontendIPConfigurations": [ { "name": "front" } ],
              "frontendPorts": [ { "name": "port80", "port": "80" } ],
              "HttpListeners": [ { "Name": "web", "Protocol": "http", "etag": "W/1",
                "frontendIPConfiguration": { "id": "frontendIPConfigurations/FRONT", "resourceGroup": "rg" },
                "frontendPort": "port80" } ],
              "backendAddressPools": [ { "name": "pool", "backendAddresses": [ "10.0.0.4", { "fqdn": "a.example" } ],
                "requestRoutingRules": [ { "id": "requestRoutingRules/rule" } ] } ],
              "backendHttpSettingsCollection": [ { "name": "settings", "port": 9, "cookieBasedAffinity": "enabled",
                "probe": { "id": "x/probes/probe')]" }, "%s": %s } ],
              "probes": [ { "name": "probe", "protocol": "Http", "host": "a.example" } ],
              "requestRoutingRules": [ { "name": "rule", "priority": 10, "httpListener": { "id": "httpListeners/web" },
                "backendAddressPool": { "id": "backendAddressPools/pool" }, "redirectConfiguration": {},
                "backendHttpSettings": { "id": "backendHttpSettingsCollection/settings" } } ] }
            """;

    private static final Set<String> LEFT_OUT = Set.of(
            "etag",
            "provisioningstate",
            "resourceguid",
            "resourcegroup",
            "operationalstate",
            "dependson",
            "password",
            "data",
            "validatedcertdata",
            "clientcertissuerdn",
            "redirectconfiguration"); // printed of a target listener: which redirects lead there

    static List<String> corpus() throws IOException {
        return Corpus.loadable();
    }

    @Test
    void corpusIsThere() throws IOException {
        assertThat(Corpus.files()).hasSizeGreaterThanOrEqualTo(176);
        assertThat(corpus()).hasSizeGreaterThanOrEqualTo(69);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void exportReadsBackAsTheSameGatewayApartFromKeys(String file) throws IOException {
        Gateway before = gateway(Corpus.load(file));
        Gateway after = gateway(Corpus.loadText(export(Corpus.load(file))));

        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*[sS]slCertificates?\\.(data|password)")
                .isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void exportOfAnExportIsTheSameText(String file) throws IOException {
        String once = export(Corpus.load(file));

        assertThat(export(Corpus.loadText(once))).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void exportCausesNoErrorsAndNoWarningsAboutItsSpelling(String file) throws IOException {
        LoadResult again = Corpus.loadText(export(Corpus.load(file)));

        assertThat(again.shape()).isEqualTo("arm-resource");
        assertThat(again.problems())
                .noneMatch(
                        problem -> List.of("CFG-8", "CFG-9", "CFG-12", "REQ-25").contains(problem.id()));
    }

    /** CFG-11: what is not known is kept; only what Azure itself writes, secrets and the template's keys are left out. */
    @ParameterizedTest
    @MethodSource("corpus")
    void exportLosesNoSettings(String file) throws IOException {
        LoadResult loaded = Corpus.load(file);
        Set<String> names = new TreeSet<>(namesIn(loaded.tree().orElseThrow()));
        names.removeAll(namesIn(Corpus.loadText(export(loaded)).tree().orElseThrow()));

        assertThat(LEFT_OUT).containsAll(names);
    }

    private static Set<String> namesIn(Node node) {
        Set<String> names = new TreeSet<>();
        if (node instanceof ObjectNode object) {
            object.members().stream()
                    .filter(member -> !ObjectNode.isNull(member.value()))
                    .forEach(member -> {
                        names.add(ObjectNode.fold(member.name()));
                        names.addAll(namesIn(member.value()));
                    });
        } else if (node instanceof ArrayNode array) {
            array.elements().forEach(element -> names.addAll(namesIn(element)));
        }
        return names;
    }

    /** CFG-8, CFG-10, CFG-12, CFG-14, CFG-16. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            httpListeners.0.properties.protocol                          | "Http"
            httpListeners.0.type                                         | "Microsoft.Network/applicationGateways/httpListeners"
            httpListeners.0.id                                           | "@/httpListeners/web"
            httpListeners.0.etag                                         | absent
            httpListeners.0.properties.name                              | absent
            httpListeners.0.properties.frontendIPConfiguration           | {"id":"@/frontendIPConfigurations/front"}
            httpListeners.0.properties.frontendPort.id                   | "@/frontendPorts/port80"
            frontendPorts.0.properties.port                              | 80
            backendAddressPools.0.properties.backendAddresses            | [{"ipAddress":"10.0.0.4"},{"fqdn":"a.example"}]
            backendAddressPools.0.properties.requestRoutingRules         | absent
            backendHttpSettingsCollection.0.properties.protocol          | "Http"
            backendHttpSettingsCollection.0.properties.requestTimeout    | 20
            backendHttpSettingsCollection.0.properties.cookieBasedAffinity | "Enabled"
            backendHttpSettingsCollection.0.properties.affinityCookieName | "ApplicationGatewayAffinity"
            backendHttpSettingsCollection.0.properties.probe.id          | "@/probes/probe"
            backendHttpSettingsCollection.0.properties.futureSetting     | {"Depth":[1,"2",true]}
            probes.0.properties.interval                                 | 30
            probes.0.properties.unhealthyThreshold                       | 3
            probes.0.properties.path                                     | "/"
            requestRoutingRules.0.properties.ruleType                    | "Basic"
            requestRoutingRules.0.properties.redirectConfiguration       | absent
            enableHttp2                                                  | false
            location                                                     | absent
            """)
    void flattenedFileComesOutInArmLayout(String path, String expected) throws IOException {
        String text =
                export(Corpus.loadText(SMALL.formatted("futureSetting", "{ \"Depth\": [ 1, \"2\", true, null ] }")));
        String scope = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/resourceGroup/providers/"
                + "Microsoft.Network/applicationGateways/gw";

        assertThat(text)
                .startsWith("{\n  \"name\" : \"gw\",\n  \"id\" : \"" + scope + "\",\n")
                .contains("\"location\"");
        assertThat(find(text, "properties." + path)).isEqualTo(expected.replace("@", scope));
    }

    @Test
    void idsKeepTheSubscriptionThatTheFileNames() throws IOException {
        String scope = "/subscriptions/s-1/resourceGroups/my-group/providers/Microsoft.Network/applicationGateways/gw";
        String text = SMALL.formatted("x", "1").replace("httpListeners/web", scope + "/httpListeners/web");

        assertThat(find(export(Corpus.loadText(text)), "id")).isEqualTo('"' + scope + '"');
    }

    /** CFG-21: keys stay at home; what Azure itself prints of a certificate, its public chain, is printed. */
    @Test
    void keysAndPasswordsAreNeverPrinted() throws Exception {
        String pfx = Base64.getEncoder().encodeToString(pfx());
        String certificates = """
                1, "clientSecret": "hush-1", "deep": { "storagePassword": "hush-2" } } ],
                "trustedRootCertificates": [ { "name": "root", "data": "public" } ],
                "sslCertificates": [ { "name": "good", "data": "%s", "password": "hush-3" },
                { "name": "bad", "data": "aHVzaA==", "password": "hush-4", "keyVaultSecretId": "https://kv/secrets/s"
                """.formatted(pfx);
        LoadResult loaded = Corpus.loadText(SMALL.formatted("x", certificates));
        String text = export(loaded);

        assertThat(text).doesNotContain("hush", pfx.substring(0, 60), "aHVzaA==", "\"password\"");
        assertThat(find(text, "properties.sslCertificates.1.properties"))
                .isEqualTo("{\"keyVaultSecretId\":\"https://kv/secrets/s\"}");
        assertThat(find(text, "properties.trustedRootCertificates.0.properties.data"))
                .isEqualTo("\"public\"");
        String chain = find(text, "properties.sslCertificates.0.properties.publicCertData");
        byte[] pkcs7 = Base64.getDecoder().decode(chain.replace("\"", ""));
        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertPath(new ByteArrayInputStream(pkcs7), "PKCS7")
                        .getCertificates())
                .singleElement()
                .isInstanceOf(X509Certificate.class);
    }

    @Test
    void refusedConfigurationIsNotExported() {
        GatewayExport export = GatewayExport.of(Corpus.loadText("{ \"httpListeners\": [ 1 ] }"));

        assertThat(export.isRefused()).isTrue();
        assertThat(export.result().hasErrors()).isTrue();
    }

    /** CFG-13: what a template leaves open is neither made up nor lost: it reads back as open. */
    @Test
    void openValueIsPrintedWithItsHoles() throws IOException {
        LoadResult loaded = Corpus.loadText(SMALL.formatted("x", "1"));

        String text = export(withOpen(loaded, "location", "«resourceGroup().location»"));

        assertThat(text).contains("\"location\" : \"«resourceGroup().location»\"");
        assertThat(export(Corpus.loadText(text))).isEqualTo(text);
    }

    private static LoadResult withOpen(LoadResult loaded, String name, String text) {
        ObjectNode tree = loaded.tree().orElseThrow();
        Map<String, Member> members = new LinkedHashMap<>(tree.byFoldedName());
        Node open = OpenNode.needing(tree.place().member(name), text, Set.of());
        members.put(ObjectNode.fold(name), new Member(name, open.place(), open));
        return new LoadResult(
                loaded.configuration(),
                loaded.problems(),
                loaded.shape(),
                loaded.gateways(),
                loaded.origins(),
                Optional.of(new ObjectNode(tree.place(), members)));
    }

    private static Gateway gateway(LoadResult result) {
        return result.configuration().orElseThrow().gateway();
    }

    private static String export(LoadResult loaded) throws IOException {
        StringWriter out = new StringWriter();
        GatewayExport export = GatewayExport.of(loaded);
        assertThat(export.isRefused()).as(export.result().problems().toString()).isFalse();
        export.writeJson(out);
        return out.toString();
    }

    private static String find(String json, String path) {
        Optional<Node> node = TreeReader.read("export", json.getBytes(StandardCharsets.UTF_8), new Problems())
                .map(TreeReader.Tree::root);
        for (String step : path.split("\\.", -1)) {
            node = node.flatMap(found -> found instanceof ObjectNode object
                    ? object.get(step)
                    : Optional.of(((ArrayNode) found).elements().get(Integer.parseInt(step))));
        }
        return node.map(JsonText::of).orElse("absent");
    }

    private static byte[] pfx() throws Exception {
        SelfSignedCertificate made =
                SelfSignedCertificate.create(KeyType.EC_P256, List.of("www.example"), TestDay.CLOCK.instant());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = "hush-3".toCharArray();
        store.setKeyEntry("any", made.privateKey(), password, new Certificate[] {made.certificate()});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, password);
        return out.toByteArray();
    }
}
