package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.document.Problem;
import dev.gatehouse.model.AccessLogSettings;
import dev.gatehouse.model.AdminSettings;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.CertificateSource;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.testkit.TestDay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {
    private static final Path SAMPLE = Path.of("src/main/resources/dev/gatehouse/demo/gateway.json");
    private static final Path CORPUS = Path.of("src/test/resources/dev/gatehouse/config/corpus");
    private static final String GATEWAY = """
            { "frontendIPConfigurations": [{ "name": "fe" }], "frontendPorts": [{ "name": "p", "port": 80 }],
              "backendAddressPools": [{ "name": "Pool", "backendAddresses": [{ "fqdn": "b.example" }] }],
              "backendHttpSettingsCollection": [{ "name": "s", "port": 80 }],
              "httpListeners": [{ "name": "l", "frontendIPConfiguration": "fe", "frontendPort": "p" }],
              "requestRoutingRules": [{ "name": "r", "priority": 1, "httpListener": "l", "backendAddressPool": "pool",
                                        "backendHttpSettings": "s" }] }
            """;

    private final ConfigurationReader reader = TestDay.reader();

    @Test
    void completedSeedLoadsWithTwoListenersTwoBasicRulesAndOnePair() { // CFG-24
        LoadResult result = reader.load(SAMPLE, Optional.empty());

        assertThat(result.problems()).noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        Gateway gateway = result.configuration().orElseThrow().gateway();
        assertThat(gateway.httpListeners())
                .extracting(
                        HttpListener::name,
                        HttpListener::protocol,
                        l -> l.frontendPort().port())
                .containsExactly(
                        tuple("appGatewayHttpsListener", Protocol.HTTPS, 443),
                        tuple("appGatewayHttpListener", Protocol.HTTP, 80));
        assertThat(gateway.requestRoutingRules())
                .extracting(RequestRoutingRule::target)
                .hasSize(2)
                .doesNotContainNull();
        assertThat(gateway.requestRoutingRules().stream()
                        .map(RequestRoutingRule::target)
                        .distinct())
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(Target.Forward.class, forward -> {
                    assertThat(forward.pool().backendAddresses())
                            .containsExactly(
                                    new BackendAddress("127.0.0.1", 9001), new BackendAddress("127.0.0.1", 9002));
                    assertThat(forward.settings().requestTimeout()).isEqualTo(Duration.ofSeconds(20));
                });
    }

    @Test
    void localFileBesideTheGatewayFileIsFound() {
        LocalSettings local = reader.load(SAMPLE, Optional.empty())
                .configuration()
                .orElseThrow()
                .local();

        assertThat(local.listen().ports()).containsEntry(80, 8080).containsEntry(443, 8443);
        assertThat(local.certificates()).containsEntry("*", new CertificateSource.SelfSigned());
    }

    @Test
    void withoutALocalFileEverythingHasItsDefault() {
        LoadResult result = load(GATEWAY, Optional.empty());

        assertThat(result.problems()).isEmpty();
        assertThat(result.configuration().orElseThrow().local()).isEqualTo(LocalSettings.DEFAULT);
    }

    @Test
    void localFileSaysAllItCanSay() {
        String local = """
                { "listen": { "address": "0.0.0.0", "ports": { "80": 8080 }, "frontends": { "FE": "127.0.0.2" } },
                  "pools": { "POOL": ["127.0.0.1:9001", "[::1]:9002", "other.example"] },
                  "addresses": { "10.0.1.4": "127.0.0.1:9001", "*.example": "127.0.0.1:9003", "10.0.0.0/8": "127.0.0.1" },
                  "certificates": { "*": { "selfSigned": true } },
                  "trust": { "RootCa": { "pem": "root.pem" } },
                  "parameters": { "a": { "value": 1 } }, "scope": { "resourceGroup": "rg" }, "references": { "kv": {} },
                  "webSocket": { "mode": "relay", "pingInterval": "500ms", "idleTimeout": 5, "maxMessageSize": "64k",
                                 "requestTimeoutAppliesToSession": true, "compression": "both", "allowedOrigins": ["https://a"] },
                  "accessLog": { "file": "access.log", "format": "combined", "maxSize": "5m", "keep": 0,
                                 "omit": ["USERAGENT"], "scrub": ["sig"] },
                  "admin": { "listen": "[::1]:9902" }, "reload": { "watch": false } }
                """;

        LoadResult result = load(GATEWAY, Optional.of(local));

        assertThat(result.problems()).isEmpty();
        LocalSettings settings = result.configuration().orElseThrow().local();
        assertThat(settings.listen().frontends()).containsEntry("fe", "127.0.0.2");
        assertThat(settings.pools().get("pool"))
                .extracting(BackendAddress::toString)
                .containsExactly("127.0.0.1:9001", "[::1]:9002", "other.example");
        assertThat(settings.addresses().dial("10.9.9.9", 80)).hasToString("127.0.0.1:80");
        assertThat(settings.trust())
                .containsEntry("rootca", new CertificateSource.Pem(Path.of("/etc/gh/root.pem"), null));
        assertThat(settings.webSocket())
                .isEqualTo(new WebSocketSettings(
                        WebSocketSettings.Mode.RELAY,
                        Map.of(),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        65536,
                        true,
                        WebSocketSettings.Compression.BOTH,
                        Map.of(),
                        false,
                        List.of("https://a")));
        assertThat(settings.accessLog())
                .isEqualTo(new AccessLogSettings(
                        "/etc/gh/access.log",
                        AccessLogSettings.Format.COMBINED,
                        5L << 20,
                        0,
                        Set.of("userAgent"),
                        List.of("sig")));
        assertThat(settings.admin()).isEqualTo(new AdminSettings(Optional.of(new ListenAddress("::1", 9902)), true));
        assertThat(settings.reload().watch()).isFalse();
        assertThat(result.configuration()
                        .orElseThrow()
                        .gateway()
                        .backendAddressPools()
                        .get(0)
                        .backendAddresses())
                .hasSize(4);
    }

    @Test
    void gatewayKnowsItsId() { // CFG-16: its own, else what the file says of it, else the local file's scope
        String own = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationGateways/shop";
        String named = GATEWAY.replaceFirst("\\{", "{ \"name\": \"shop\", ");
        String scope = "{ \"scope\": { \"subscriptionId\": \"mine\", \"resourceGroup\": \"rg\" } }";

        assertThat(idOf(named.replaceFirst("\\{", "{ \"id\": \"" + own + "\", "), "{}"))
                .isEqualTo(own);
        assertThat(idOf(named, scope))
                .isEqualTo(
                        "/subscriptions/mine/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/shop");
        assertThat(idOf(named, "{}"))
                .isEqualTo(Gateway.UNKNOWN_GROUP + "/providers/Microsoft.Network/applicationGateways/shop");
    }

    private String idOf(String gateway, String local) {
        return load(gateway, Optional.of(local))
                .configuration()
                .orElseThrow()
                .gateway()
                .id();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"off\"", "\" OFF \"", "false"})
    void adminAddressCanBeSwitchedOff(String off) {
        assertThat(adminOf("{ \"admin\": { \"listen\": " + off + " } }")).isEqualTo(AdminSettings.OFF);
    }

    @Test
    void adminAddressIsKnownToBeGiven() { // in a WAR there is none unless it is
        assertThat(adminOf("{ \"admin\": { \"listen\": 9901 } }"))
                .isEqualTo(new AdminSettings(AdminSettings.DEFAULT.listen(), true));
        assertThat(adminOf("{ \"admin\": {} }")).isEqualTo(AdminSettings.DEFAULT);
        assertThat(AdminSettings.DEFAULT.isGiven()).isFalse();
    }

    private AdminSettings adminOf(String local) {
        return load(GATEWAY, Optional.of(local))
                .configuration()
                .orElseThrow()
                .local()
                .admin();
    }

    @Test
    void relativeCertificateFilesStartAtTheLocalFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("gateway.json"), GATEWAY);
        Path conf = Files.createDirectory(directory.resolve("conf"));
        Path local = Files.writeString(conf.resolve("my.json"), """
                { "certificates": { "*": { "pfx": "site.pfx", "passwordFile": "../pass" } } }
                """);

        LoadResult result = reader.load(file, Optional.of(local));

        assertThat(result.configuration().orElseThrow().local().certificates())
                .containsEntry("*", new CertificateSource.Pfx(conf.resolve("site.pfx"), null, conf.resolve("../pass")));
    }

    @Test
    void absentFilesAreProblemsAndNotExceptions(@TempDir Path directory) {
        LoadResult result = reader.load(directory.resolve("no.json"), Optional.of(directory.resolve("no.local.json")));

        assertThat(result.configuration()).isEmpty();
        assertThat(result.problems())
                .extracting(Problem::message)
                .containsExactly("there is no such file.", "there is no such file.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "// only a comment",
                "hello",
                "7",
                "null",
                "[]",
                "{}",
                "{",
                "[[]",
                "{\"\"}",
                "\"unfinished",
                "{\"properties\": 5, \"httpListeners\": {}}",
                "{\"resources\": [null, 3, {\"type\": 4}]}",
                "{\"httpListeners\": [null, 3, [], {}], \"requestRoutingRules\": \"x\", \"sku\": []}",
                "{\"name\": {}, \"frontendPorts\": [{\"name\": [], \"id\": {}, \"properties\": []}]}",
                "{\"a\": 1} {}"
            })
    void nonsenseIsRefusedWithAProblemAndNeverThrows(String text) {
        LoadResult result = load(text, Optional.of(text));

        assertThat(result.configuration()).isEmpty();
        assertThat(result.hasErrors()).isTrue();
    }

    @Test
    void everyTruncationOfTheSampleIsRefusedWithAPlace() throws IOException {
        String sample = Files.readString(SAMPLE).stripTrailing();
        for (int length = 1; length < sample.length(); length += 37) {
            LoadResult result = load(sample.substring(0, length), Optional.empty());
            assertThat(result.configuration()).as("first %d characters", length).isEmpty();
        }
    }

    @Test
    void depthOfATextIsBounded() {
        assertThat(load("[".repeat(100_000), Optional.empty()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.SYNTAX));
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        Source source = new Source("g.json", "{\"name\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(reader.load(source, Optional.empty(), Path.of("")).problems())
                .extracting(Problem::text)
                .containsExactly(
                        "g.json:1:11: the file is not UTF-8 text: its byte 11 (0xE9) belongs to no character.\n"
                                + "    Save it as UTF-8. [JSON]");
    }

    @ParameterizedTest
    @CsvSource({"'', 1, 1", "' ', 1, 1", "'// only a comment', 1, 1", "'{\n  \"a\": x', 2, 8", "'{\r\n \u00ff', 2, 2"})
    void refusalOfATextHasAPlace(String text, int line, int column) {
        Source source = new Source("g.json", text.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(reader.load(source, Optional.empty(), Path.of("")).problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(List.of(problem.line(), problem.column())).containsExactly(line, column));
    }

    @Test
    void textInUtf16IsCalledSo() {
        Source source = new Source("g.json", GATEWAY.getBytes(StandardCharsets.UTF_16));

        assertThat(reader.load(source, Optional.empty(), Path.of("")).problems())
                .extracting(Problem::message)
                .containsExactly("the file is UTF-16, not UTF-8 text.");
    }

    @Test
    void directoryIsRefusedInPlainWords(@TempDir Path directory) {
        assertThat(reader.load(directory, Optional.empty()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("the folder holds no")
                        .doesNotContain("Exception"));
    }

    @Test
    void exportFromAzureLoadsThoughItHoldsDecorationAndNoKey() { // CFG-2, CFG-11, CFG-21
        LoadResult result = reader.load(CORPUS.resolve("cli-recording-private-ip.json"), Optional.empty());

        assertThat(result.shape()).isEqualTo("arm-resource");
        assertThat(result.configuration().orElseThrow().gateway().isV1()).isTrue(); // CFG-17
        assertThat(result.problems()).extracting(Problem::id).contains("CFG-21");
    }

    @Test
    void flattenedCliOutputLoads() { // CFG-3, CFG-8
        LoadResult result = reader.load(CORPUS.resolve("cli-create-output.json"), Optional.empty());

        assertThat(result.configuration()).isPresent();
        assertThat(result.gateways()).hasSize(1);
    }

    @Test
    void templateWithLiteralsInsideOtherResourcesLoads() { // CFG-1, CFG-13
        LoadResult result = reader.load(CORPUS.resolve("ag-docs-qs.json"), Optional.empty());

        assertThat(result.shape()).isEqualTo("arm-template");
        assertThat(result.configuration().orElseThrow().gateway().backendHttpSettings())
                .extracting(BackendHttpSettings::port)
                .containsExactly(80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken-missing-comma.json", "broken-unclosed-string.json", "broken-empty-member.json"})
    void templateThatWasPublishedBrokenIsRefusedWithLineAndColumn(String name) {
        LoadResult result = reader.load(CORPUS.resolve(name), Optional.empty());

        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.SYNTAX);
            assertThat(problem.line()).isGreaterThan(1);
            assertThat(problem.column()).isGreaterThan(1);
        });
    }

    private LoadResult load(String gateway, Optional<String> local) {
        return reader.load(
                new Source("gateway.json", gateway.getBytes(StandardCharsets.UTF_8)),
                local.map(text -> new Source("local.json", text.getBytes(StandardCharsets.UTF_8))),
                Path.of("/etc/gh"));
    }
}
