package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.testkit.TestDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates as their authors write them, from file to model (CFG-1, CFG-4, CFG-7, CFG-13, section 2). */
class TemplateLoadTest {
    /** The parts that no case is about; a case adds ports, listeners, pools and rules. */
    private static final String GATEWAY = """
            { "type": "Microsoft.Network/applicationGateways", "name": "gw", "properties": {
                "sku": { "tier": "Standard_v2" },
                "frontendIPConfigurations": [ { "name": "fe" } ],
                "frontendPorts": [ { "name": "p", "properties": { "port": 80 } } ],
                "httpListeners": [ { "name": "l", "properties": { "protocol": "Http",
                  "frontendIPConfiguration": { "id": "[resourceId('Microsoft.Network/applicationGateways/frontendIPConfigurations', 'gw', 'fe')]" },
                  "frontendPort": { "id": "[concat(resourceId('Microsoft.Network/applicationGateways', 'gw'), '/frontendPorts/p')]" } } } ],
                "backendHttpSettingsCollection": [ { "name": "s", "properties": { "port": 80, "protocol": "Http" } } ],
                "backendAddressPools": [ { "name": "b", "properties": { "backendAddresses": %s } } ],
                "requestRoutingRules": [ { "name": "r", "properties": { "priority": 1,
                  "httpListener": { "id": "/httpListeners/l" }, "backendAddressPool": { "id": "/backendAddressPools/b" },
                  "backendHttpSettings": { "id": "/backendHttpSettingsCollection/s" } } } ] } }
            """;

    @TempDir
    private Path folder;

    private static String template(String sections, String addresses) {
        return "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", "
                + sections + " \"resources\": [ " + GATEWAY.formatted(addresses) + " ] }";
    }

    private LoadResult load(String gateway, String... local) throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.json"), gateway);
        if (local.length > 0) {
            Files.writeString(folder.resolve(ConfigurationReader.LOCAL_FILE_NAME), local[0]);
        }
        return TestDay.reader().load(file, Optional.empty());
    }

    private static Gateway gateway(LoadResult result) {
        assertThat(errors(result)).isEmpty();
        return result.configuration().orElseThrow().gateway();
    }

    private static List<Problem> errors(LoadResult result) {
        return result.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
    }

    private static List<String> members(LoadResult result) {
        return gateway(result).backendAddressPools().stream()
                .map(BackendAddressPool::backendAddresses)
                .flatMap(List::stream)
                .map(Object::toString)
                .toList();
    }

    @Test
    void loopsOverVariablesAndPropertiesMakeTheirElements() throws IOException {
        String template = template("""
                "variables": { "hosts": ["a", "b"], "copy": [ { "name": "names", "count": 2,
                  "input": "[concat(variables('hosts')[copyIndex('names')], copyIndex('names', 1))]" } ] },
                """, "\"[variables('made').list]\"").replace("\"hosts\": [", """
                "made": { "copy": [ { "name": "list", "count": "[length(variables('names'))]",
                  "input": { "fqdn": "[concat(variables('names')[copyIndex('list')], '.example')]" } } ] },
                "hosts": [""");

        assertThat(members(load(template))).containsExactly("a1.example", "b2.example");
    }

    @Test
    void commandLineBeatsLocalFileBeatsParameterFileBeatsDefault() throws IOException {
        String template = template("""
                "parameters": { "a": { "type": "string", "defaultValue": "a0" }, "b": { "type": "string", "defaultValue": "b0" },
                  "c": { "type": "string", "defaultValue": "c0" }, "d": { "type": "string", "defaultValue": "d0" } },
                """, """
                [ { "fqdn": "[parameters('a')]" }, { "fqdn": "[parameters('B')]" }, { "fqdn": "[parameters('c')]" },
                  { "fqdn": "[parameters('d')]" } ]
                """);
        Path file = Files.writeString(folder.resolve("t.json"), template);
        Path parameters = Files.writeString(
                folder.resolve("p.json"),
                "{ \"parameters\": { \"a\": { \"value\": \"a1\" }, \"b\": { \"value\": \"b1\" }, \"c\": { \"value\": \"c1\" } } }");
        Path local = Files.writeString(
                folder.resolve("l.json"),
                "{ \"parameters\": { \"a\": { \"value\": \"a2\" }, \"b\": { \"value\": \"b2\" } } }");

        LoadResult result = TestDay.reader()
                .load(new LoadRequest(
                        List.of(file), Optional.of(local), List.of(parameters), Map.of("A", "a3"), Optional.empty()));

        assertThat(members(result)).containsExactly("a3", "b2", "c1", "d0");
    }

    @Test
    void missingParameterIsReportedOnceAtItsFirstUseWithTheKeyThatClosesIt() throws IOException {
        String template = template("\"parameters\": { \"host\": { \"type\": \"string\" } }, ", """
                [ { "fqdn": "[parameters('host')]" },
                  { "fqdn": "[concat('x.', parameters('host'))]" } ]
                """);

        LoadResult result = load(template);

        assertThat(errors(result)).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.BINDING);
            assertThat(problem.line()).isPositive();
            assertThat(problem.cure())
                    .contains("\"parameters\": { \"host\": { \"value\": \"...\" } }", "--param host=");
        });
        assertThat(members(load(template, "{ \"parameters\": { \"host\": { \"value\": \"h\" } } }")))
                .containsExactly("h", "x.h");
    }

    @Test
    void referenceIsAnsweredByTheUserOverWhatTheTemplateSays() throws IOException {
        String site = "{ \"type\": \"Microsoft.Web/sites\", \"name\": \"shop\", \"properties\": {} }, ";
        String template = template("", """
                [ { "fqdn": "[reference('shop').defaultHostName]" },
                  { "fqdn": "[reference(resourceId('Microsoft.Web/sites', 'shop'), '2020-01-01').custom]" } ]
                """).replace("\"resources\": [ ", "\"resources\": [ " + site);

        LoadResult open = load(template);
        assertThat(errors(open))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.cure()).contains("\"references\": { \"shop\": { \"custom\": \"...\" } }"));
        assertThat(members(
                        load(template, "{ \"references\": { \"Microsoft.Web/sites/shop\": { \"custom\": \"c\" } } }")))
                .containsExactly("shop.azurewebsites.net", "c");
    }

    @Test
    void nestedDeploymentsSeeTheirOwnOrTheOuterScopeAndHandBackOutputs() throws IOException {
        String nested = """
                { "type": "Microsoft.Resources/deployments", "name": "%s", "properties": {
                  "expressionEvaluationOptions": { "scope": "%s" }, "parameters": { "x": { "value": "[parameters('x')]" } },
                  "template": { "parameters": { "x": { "type": "string" } }, "variables": { "v": "inner" }, "resources": [],
                    "outputs": { "o": { "type": "string", "value": "[concat(variables('v'), '.', parameters('x'))]" } } } } },
                """;
        String template = template("""
                "parameters": { "x": { "type": "string", "defaultValue": "px" } }, "variables": { "v": "outer" },
                """, """
                [ { "fqdn": "[reference('in').outputs.o.value]" }, { "fqdn": "[reference('out').outputs.o.value]" } ]
                """)
                .replace(
                        "\"resources\": [ ",
                        "\"resources\": [ " + nested.formatted("in", "inner") + nested.formatted("out", "Outer"));

        assertThat(members(load(template))).containsExactly("inner.px", "outer.px");
    }

    @Test
    void loopOfAnOutputMakesAnArray() throws IOException {
        String nested = """
                { "type": "Microsoft.Resources/deployments", "name": "d", "properties": {
                  "expressionEvaluationOptions": { "scope": "inner" }, "template": { "resources": [],
                    "outputs": { "o": { "type": "array", "copy": { "count": 2, "input": {
                      "fqdn": "[concat('h', copyIndex(), '.test')]" } } } } } } },
                """;
        String template = template("", "\"[reference('d').outputs.o.value]\"")
                .replace("\"resources\": [ ", "\"resources\": [ " + nested);

        assertThat(members(load(template))).containsExactly("h0.test", "h1.test");
    }

    @Test
    void gatewayInANestedDeploymentIsFoundAndASwitchedOffOneIsNamed() throws IOException {
        String inner = "{ \"resources\": [ " + GATEWAY.formatted("[]") + " ] }";
        String outer = """
                { "parameters": { "on": { "type": "bool", "defaultValue": %s } }, "resources": [ { "condition": "[parameters('on')]",
                  "type": "Microsoft.Resources/deployments", "name": "d", "properties": { "template": %s } } ] }
                """;

        assertThat(gateway(load(outer.formatted("true", inner))).name()).isEqualTo("gw");
        assertThat(errors(load(outer.formatted("false", inner))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("switched off"));
    }

    @Test
    void linkedTemplateIsReadFromTheFilesBesideAndNeverFromOutside() throws IOException {
        Files.createDirectory(folder.resolve("nested"));
        Files.writeString(
                folder.resolve("nested/gw.json"),
                template(
                        "\"parameters\": { \"h\": { \"type\": \"string\" } }, ",
                        "[ { \"fqdn\": \"[parameters('h')]\" } ]"));
        String linking = """
                { "parameters": { "_artifactsLocation": { "type": "string", "defaultValue": "[deployment().properties.templateLink.uri]" } },
                  "resources": [ { "type": "Microsoft.Resources/deployments", "name": "d", "properties": {
                    "templateLink": { %s }, "parameters": { "h": { "value": "linked" } } } } ] }
                """;

        assertThat(members(load(
                        linking.formatted("\"uri\": \"[uri(parameters('_artifactsLocation'), 'nested/gw.json')]\""))))
                .containsExactly("linked");
        assertThat(members(load(linking.formatted("\"relativePath\": \"nested/gw.json\""))))
                .containsExactly("linked");
        assertThat(errors(load(linking.formatted("\"relativePath\": \"../nested/gw.json\""))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("../nested/gw.json"));
    }

    @Test
    void symbolicNamesAreResourcesAndMayBeReferredTo() throws IOException {
        String template =
                "{ \"languageVersion\": \"2.0\", \"resources\": { \"web\": { \"type\": \"Microsoft.Web/sites\","
                        + " \"name\": \"shop\" }, \"gone\": { \"existing\": true, \"type\": \"Microsoft.Network/applicationGateways\","
                        + " \"name\": \"old\" }, \"gateway\": "
                        + GATEWAY.formatted("[ { \"fqdn\": \"[reference('web').defaultHostName]\" } ]") + " } }";

        assertThat(members(load(template))).containsExactly("shop.azurewebsites.net");
    }

    /** As Bicep prints a loop of modules or sites: the symbol with an index. */
    @Test
    void symbolOfALoopIsReferredToByIndexAndAnExistingResourceByItsName() throws IOException {
        String template =
                "{ \"languageVersion\": \"2.0\", \"resources\": { \"web\": { \"type\": \"Microsoft.Web/sites\","
                        + " \"name\": \"[format('web{0}', copyIndex())]\", \"copy\": { \"name\": \"web\", \"count\": 2 } },"
                        + " \"old\": { \"existing\": true, \"type\": \"Microsoft.Web/sites\", \"name\": \"older\" }, \"gateway\": "
                        + GATEWAY.formatted("[ { \"fqdn\": \"[reference('web[1]').defaultHostName]\" },"
                                + " { \"fqdn\": \"[reference('old').defaultHostName]\" } ]")
                        + " } }";

        LoadResult result = load(template);

        assertThat(members(result)).containsExactly("web1.azurewebsites.net", "older.azurewebsites.net");
        assertThat(result.problems()) // every guess is told
                .filteredOn(problem -> problem.message().contains("derived from its name"))
                .hasSize(2)
                .allMatch(problem -> problem.severity() == Severity.INFO);
    }

    @Test
    void resourceLoopMakesSeveralGatewaysAndOneIsChosen() throws IOException {
        String template = template("", "[]")
                .replace(
                        "\"name\": \"gw\",",
                        "\"name\": \"[concat('gw', copyIndex(1))]\", \"copy\": { \"name\": \"g\", \"count\": 2 },");
        Path file = Files.writeString(folder.resolve("many.json"), template);

        assertThat(errors(TestDay.reader().load(file, Optional.empty())))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("\"gw1\", \"gw2\""));
        LoadResult second = TestDay.reader()
                .load(new LoadRequest(List.of(file), Optional.empty(), List.of(), Map.of(), Optional.of("GW2")));
        assertThat(gateway(second).name()).isEqualTo("gw2");
    }

    @Test
    void circlesAreFaultsAndNotHangs() throws IOException {
        String template = template("""
                "variables": { "a": "[variables('b')]", "b": "[concat(variables('a'), 'x')]" },
                """, "[ { \"fqdn\": \"[variables('a')]\" } ]");

        assertThat(errors(load(template)))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.line()).isPositive())
                .anySatisfy(problem -> assertThat(problem.message()).contains("leads back to itself"));
    }

    @Test
    void faultInWhatTheGatewayDoesNotNeedIsNoProblem() throws IOException {
        String template = template("\"variables\": { \"broken\": \"[nonsense(]\" }, ", "[ { \"fqdn\": \"ok\" } ]")
                .replace(
                        "\"name\": \"gw\",",
                        "\"name\": \"gw\", \"tags\": { \"x\": \"[variables('broken')]\" }, \"location\": \"[parameters('none')]\",");

        assertThat(members(load(template))).containsExactly("ok");
    }

    @Test
    void publicAddressOfTheTemplateTellsTheClientsIdleTimeout() throws IOException {
        String address = "{ \"type\": \"Microsoft.Network/publicIPAddresses\", \"name\": \"ip\","
                + " \"properties\": { \"idleTimeoutInMinutes\": 10 } }, ";
        String template = template("", "[ { \"fqdn\": \"ok\" } ]")
                .replace("\"resources\": [ ", "\"resources\": [ " + address)
                .replace(
                        "{ \"name\": \"fe\" }",
                        "{ \"name\": \"fe\", \"properties\": { \"publicIPAddress\":"
                                + " { \"id\": \"[resourceId('Microsoft.Network/publicIPAddresses', 'ip')]\" } } }");

        HttpListener listener = gateway(load(template)).httpListeners().get(0);
        assertThat(listener.frontendIpConfiguration().idleTimeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void folderIsOneGatewayInSeveralFiles() throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Files.writeString(
                parts.resolve("10-gateway.json"),
                template(
                        "\"parameters\": { \"h\": { \"type\": \"string\" } }, ",
                        "[ { \"fqdn\": \"[parameters('h')]\" } ]"));
        Files.writeString(
                parts.resolve("20-more.json"),
                "{ \"backendAddressPools\": [ { \"name\": \"c\", \"backendAddresses\": [ { \"fqdn\": \"more\" } ] } ] }");
        Files.writeString(
                parts.resolve("gw.parameters.json"),
                "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#\","
                        + " \"parameters\": { \"h\": { \"value\": \"given\" } } }");

        assertThat(members(TestDay.reader().load(parts, Optional.empty()))).containsExactly("given", "more");

        Files.writeString(parts.resolve("30-again.json"), "{ \"backendAddressPools\": [ { \"name\": \"C\" } ] }");
        assertThat(errors(TestDay.reader().load(parts, Optional.empty())))
                .extracting(Problem::id)
                .containsExactly("VAL-2");
    }

    /** CFG-13: text in an export that only looks like an expression stays text. */
    @Test
    void exportKeepsTextInBrackets() throws IOException {
        String export = GATEWAY.formatted("[ { \"fqdn\": \"ok\" } ]")
                .replace("\"name\": \"l\", \"properties\": {", "\"name\": \"l\", \"properties\": { \"etag\": \"[[x]\",")
                .replace(
                        "\"priority\": 1,",
                        "\"priority\": \"1\", \"rewriteRuleSet\": { \"id\": \"/rewriteRuleSets/w\" },")
                .replace(
                        "\"backendHttpSettingsCollection\": [",
                        "\"rewriteRuleSets\": [ { \"name\": \"w\", \"rewriteRules\": [ { \"name\": \"x\", \"conditions\": [ { \"variable\": \"var_uri_path\", \"pattern\": \"[a-z]\" } ],"
                                + " \"actionSet\": {} } ] } ], \"backendHttpSettingsCollection\": [");

        Gateway gateway = gateway(load(export));

        assertThat(gateway.requestRoutingRules().get(0).rewriteRuleSet()).isNotNull();
        assertThat(gateway.ruleParts().rewriteRuleSets().toString()).contains("[a-z]");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{ \"type\": \"secureString\", \"defaultValue\": \"hunter2 x\" }`, `parameters('p')`",
                "`{ \"type\": \"securestring\", \"defaultValue\": \"hunter2 x\" }`, `concat('a/', parameters('p'))`",
                "`{ \"type\": \"secureObject\", \"defaultValue\": { \"k\": [ \"hunter2 x\" ] } }`, `parameters('p').k[0]`"
            })
    void noMessageShowsASecretParameter(String parameter, String expression) throws IOException {
        LoadResult result = load(template(
                "\"parameters\": { \"p\": " + parameter + " },", "[ { \"ipAddress\": \"[" + expression + "]\" } ]"));

        assertThat(result.problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("(hidden)"));
        assertThat(result.problems().toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "`\"type\": \"string\", \"allowedValues\": [ \"a.example\", \"b.example\" ]`, b.example, -",
                "`\"type\": \"string\", \"allowedValues\": [ \"a.example\" ]`, b.example, it is none of the allowed values",
                "`\"type\": \"string\", \"minLength\": 9, \"maxLength\": 9`, b.example, -",
                "`\"type\": \"string\", \"minLength\": 10`, b.example, it is too short",
                "`\"type\": \"string\", \"maxLength\": 8`, b.example, it is too long",
                "`\"type\": \"int\", \"minValue\": 1, \"maxValue\": 5`, 5, -",
                "`\"type\": \"int\", \"minValue\": 6`, 5, it is too small",
                "`\"type\": \"int\", \"maxValue\": 4`, 5, it is too large"
            })
    void azuresLimitsOfParametersAreTold(String declaration, String value, @Nullable String cause) throws IOException {
        Path file = Files.writeString(
                folder.resolve("t.json"),
                template(
                        "\"parameters\": { \"p\": { " + declaration + " } },",
                        "[ { \"fqdn\": \"[concat(parameters('p'), '')]\" } ]"));

        LoadResult result = TestDay.reader()
                .load(new LoadRequest(
                        List.of(file), Optional.empty(), List.of(), Map.of("p", value), Optional.empty()));

        List<String> told = result.problems().stream()
                .filter(problem -> problem.severity() == Severity.AZURE)
                .map(Problem::message)
                .toList();
        assertThat(told)
                .hasSize(cause == null ? 0 : 1)
                .allSatisfy(text ->
                        assertThat(text).isEqualTo("Azure refuses this value of the parameter \"p\": " + cause + "."));
    }
}
