package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.document.Problem;
import dev.gatehouse.testkit.TestDay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check --suggest-local} prints (product.md section 3). Blanks and line ends are left out in comparisons. */
class LocalSuggestionTest {
    private static final String SETTINGS = "{ 'name': 's', 'port': 80 }, { 'name': 't', 'port': 8500 }";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80          | {80:8080}",
                "443,80      | {443:8443,80:8080}",
                "8443        | {8443:8443}",
                "80,8080     | {80:8081,8080:8080}",
                "8080,80,8081| {8080:8080,80:8082,8081:8081}",
                "1023,1024   | {1023:9023,1024:1024}"
            })
    void privilegedPortsMoveToOnesThatAreFree(String ports, String suggested) {
        assertThat(suggestion(gateway(ports, "", "")).replaceAll("\"(\\d+)\":(\\d+)", "$1:$2"))
                .contains("\"ports\":" + suggested);
    }

    @Test
    void backendsGetNoPortThatAListenerHas() {
        assertThat(suggestion(gateway("9001,1002", "", "")))
                .contains("\"9001\":9001,\"1002\":9002")
                .contains("\"p\":[\"127.0.0.1:9003\"]");
    }

    @Test
    void portOfAListenerWhoseHostNameIsABlankIsKnown() {
        String template = template(
                "'host': { 'type': 'string' }",
                gateway("443", "", "").replaceAll("('name': 'l0')", "$1, 'hostName': \"[parameters('host')]\""));

        assertThat(suggestion(template))
                .contains("\"ports\":{\"443\":8443}")
                .contains("\"parameters\":{\"host\":{\"value\":\"...\"}}");
    }

    @Test
    void frontendsThatShareAPortGetAnAddressEach() { // CFG-19
        String shared = gateway("80,81", "", "")
                .replace("[{ 'name': 'fe' }]", "[{ 'name': 'fe' }, { 'name': 'Second' }]")
                .replace("'httpListeners': [", "'httpListeners': [" + listener("other", "Second", "port0") + ", ");

        assertThat(suggestion(shared)).contains("\"frontends\":{\"Second\":\"127.0.0.1\",\"fe\":\"127.0.0.2\"}");
        assertThat(suggestion(gateway("80,81", "", ""))).doesNotContain("frontends");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p            |                     | pools:{p:[127.0.0.1:9001]}",
                "10.0.0.4     | s                   | addresses:{10.0.0.4:127.0.0.1:9001}",
                "WEB.Example  | s                   | addresses:{web.example:127.0.0.1:9001}",
                "a,b          | s                   | addresses:{a:127.0.0.1:9001,b:127.0.0.1:9002}",
                "a            | s,t                 | addresses:{a:80:127.0.0.1:9001,a:8500:127.0.0.1:9002}",
                "fd00::1      | s,t                 | addresses:{[fd00::1]:80:127.0.0.1:9001,[fd00::1]:8500:127.0.0.1:9002}",
                // A member's own port wins over the settings', so there is one way to dial it.
                "a:7000       | s,t                 | addresses:{a:127.0.0.1:9001}",
                "a:7000,a     | s                   | addresses:{a:7000:127.0.0.1:9001,a:80:127.0.0.1:9002}"
            })
    void everyMemberGetsALineForEachPortItIsDialledAt(String members, String settings, String suggested) {
        String backends = members.equals("p") ? "" : members;

        assertThat(suggestion(gateway("80,81", backends, settings == null ? "s" : settings))
                        .replace("\"", ""))
                .contains(suggested);
    }

    @Test
    void everySuggestedAddressFitsTheMemberItStandsFor() {
        String gateway = gateway("80,81", "a:7000,a,fd00::1", "s,t");

        LoadResult loaded = load(gateway, suggestionText(gateway));

        assertThat(loaded.configuration().orElseThrow().local().addresses()).satisfies(addresses -> {
            assertThat(addresses.dial("a", 7000).toString()).isEqualTo("127.0.0.1:9001");
            assertThat(addresses.dial("a", 80).toString()).isEqualTo("127.0.0.1:9002");
            assertThat(addresses.dial("a", 8500).toString()).isEqualTo("127.0.0.1:9003");
            assertThat(addresses.dial("fd00::1", 80).toString()).isEqualTo("127.0.0.1:9004");
            assertThat(addresses.dial("fd00::1", 8500).toString()).isEqualTo("127.0.0.1:9005");
        });
    }

    @Test
    void certificateWithoutAKeyIsSelfSigned() {
        String gateway = gateway("443", "", "").replace("{ 'frontendIP", """
                { 'sslCertificates': [{ 'name': 'vault', 'keyVaultSecretId': 'https://v.example/secrets/x' }],
                  'frontendIP""");

        assertThat(suggestion(gateway)).contains("\"certificates\":{\"vault\":{\"selfSigned\":true}}");
        assertThat(suggestion(gateway("443", "", ""))).doesNotContain("certificates");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{ 'type': 'string' }                                       | \"...\"",
                "{ 'type': 'secureString' }                                 | \"...\"",
                "{ 'type': 'int' }                                          | 1",
                "{ 'type': 'int', 'minValue': 20 }                          | 20",
                "{ 'type': 'bool' }                                         | false",
                "{ 'type': 'array' }                                        | []",
                "{ 'type': 'object' }                                       | {}",
                "{ 'type': 'string', 'allowedValues': ['Enabled', 'Off'] }  | \"Enabled\"",
                "{ 'type': 'int', 'allowedValues': [30, 60] }               | 30"
            })
    void blankHasTheTypeOfItsParameter(String declaration, String blank) {
        String template = template(
                "'x': " + declaration,
                gateway("80", "", "")
                        .replace(
                                "'port': 80 }, { 'name': 't'",
                                "'port': 80, 'requestTimeout': \"[" + "parameters('x')]\" }, { 'name': 't'"));

        assertThat(suggestion(template)).contains("\"parameters\":{\"x\":{\"value\":" + blank + "}}");
    }

    @Test
    void blanksOfOneReferenceAreMerged() {
        String site = "reference(resourceId('Microsoft.Cdn/profiles', 'site'))";
        String gateway = gateway("80,81", "", "")
                .replaceAll("('name': 'l0')", "$1, 'hostName': \"[" + site + ".hostNames[0]]\"")
                .replaceAll("('name': 'l1')", "$1, 'hostName': \"[" + site + ".siteConfig.alias]\"");

        assertThat(suggestion(template("", gateway)))
                .contains("\"references\":{\"site\":{\"hostNames\":[\"...\"],\"siteConfig\":{\"alias\":\"...\"}}}");
    }

    @Test
    void filledFileLeavesNothingOpen() {
        String site = "reference(resourceId('Microsoft.Cdn/profiles', 'site'))";
        String template = template(
                "'host': { 'type': 'string' }, 'timeout': { 'type': 'int' }",
                gateway("80,443", "", "")
                        .replaceAll("('name': 'l0')", "$1, 'hostName': \"[" + site + ".hostNames[0]]\"")
                        .replaceAll("('name': 'l1')", "$1, 'hostName': \"[parameters('host')]\"")
                        .replace(
                                "'port': 80 }, { 'name': 't'",
                                "'port': 80, 'requestTimeout': \"[" + "parameters('timeout')]\" }, { 'name': 't'"));
        assertThat(bindings(load(template, "{}"))).isNotEmpty();

        LoadResult filled = load(template, suggestionText(template).replace("\"...\"", "\"www.shop.example\""));

        assertThat(bindings(filled)).isEmpty();
        assertThat(filled.configuration())
                .as(() -> filled.problems().toString())
                .isPresent();
    }

    private static List<String> bindings(LoadResult result) {
        return result.problems().stream()
                .filter(problem -> problem.kind() == Problem.Kind.BINDING)
                .map(Problem::text)
                .toList();
    }

    /** A gateway with a listener and a rule for each port, whose settings are taken in turn. */
    private static String gateway(String ports, String members, String settings) {
        String[] port = ports.split(",", -1);
        String[] used = (settings.isEmpty() ? "s" : settings).split(",", -1);
        StringBuilder frontendPorts = new StringBuilder();
        StringBuilder listeners = new StringBuilder();
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < port.length; i++) {
            String comma = i == 0 ? "" : ", ";
            frontendPorts.append(comma + "{ 'name': 'port" + i + "', 'port': " + port[i].strip() + " }");
            listeners.append(comma).append(listener("l" + i, "fe", "port" + i));
            rules.append(comma + "{ 'name': 'r" + i + "', 'priority': " + (i + 1) + ", 'httpListener': 'l" + i
                    + "', 'backendAddressPool': 'p', 'backendHttpSettings': '" + used[i % used.length] + "' }");
        }
        String addresses = members.isEmpty()
                ? ""
                : Arrays.stream(members.split(",", -1))
                        .map(host -> "{ 'fqdn': '" + host + "' }")
                        .collect(Collectors.joining(", "));
        return "{ 'frontendIPConfigurations': [{ 'name': 'fe' }], 'frontendPorts': [" + frontendPorts
                + "], 'backendAddressPools': [{ 'name': 'p', 'backendAddresses': [" + addresses
                + "] }], 'backendHttpSettingsCollection': [" + SETTINGS + "], 'httpListeners': [" + listeners
                + "], 'requestRoutingRules': [" + rules + "] }";
    }

    private static String listener(String name, String frontend, String port) {
        return "{ 'name': '" + name + "', 'frontendIPConfiguration': '" + frontend + "', 'frontendPort': '" + port
                + "' }";
    }

    private static String template(String parameters, String gateway) {
        return "{ '$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',"
                + " 'contentVersion': '1.0.0.0', 'parameters': { " + parameters + " }, 'resources': [{"
                + " 'type': 'Microsoft.Network/applicationGateways', 'apiVersion': '2023-11-01', 'name': 'g',"
                + " 'properties': " + gateway + " }] }";
    }

    private String suggestion(String gateway) {
        return suggestionText(gateway).replaceAll("\\s", "");
    }

    private String suggestionText(String gateway) {
        return TestDay.reader()
                .suggestLocal(LoadRequest.of(write("gateway.json", json(gateway)), Optional.empty()))
                .text()
                .orElseThrow();
    }

    private LoadResult load(String gateway, String local) {
        return TestDay.reader().load(write("gateway.json", json(gateway)), Optional.of(write("local.json", local)));
    }

    /** Single quotes stand for double ones, but for those within an expression. */
    private static String json(String text) {
        return Arrays.stream(text.split("(?=\"\\[)|(?<=]\")"))
                .map(part -> part.startsWith("\"[") ? part : part.replace('\'', '"'))
                .collect(Collectors.joining());
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
