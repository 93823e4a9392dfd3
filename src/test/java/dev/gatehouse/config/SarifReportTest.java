package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.testkit.TestDay;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** product.md 2: {@code check --format sarif}. */
class SarifReportTest {
    private static final Path RESOURCES = Path.of("src/test/resources/dev/gatehouse/config");
    private static final String GATEWAY = """
            { "frontendIPConfigurations": [{ "name": "fe" }], "frontendPorts": [{ "name": "p", "port": 80 }],
              "backendAddressPools": [{ "name": "pool", "backendAddresses": [{ "fqdn": "b.example" }] }],
              "backendHttpSettingsCollection": [{ "name": "s", "port": 80 }],
              "httpListeners": [{ "name": "l", "frontendIPConfiguration": "fe", "frontendPort": "p" }],
              "requestRoutingRules": [{ "name": "r", "priority": 1, "httpListener": "l", "backendAddressPool": "pool",
                                        "backendHttpSettings": "s" }] }
            """;

    @TempDir
    Path directory;

    @Test
    void fileWithoutProblemsGivesARunWithoutResults() throws IOException {
        JsonNode run = run(entry(Files.writeString(directory.resolve("good.json"), GATEWAY)));

        assertThat(run.path("results").isArray()).isTrue();
        assertThat(run.path("results")).isEmpty();
        assertThat(run.at("/tool/driver/rules")).isEmpty();
        assertThat(run.at("/tool/driver/name").asText()).isEqualTo("Gatehouse");
        assertThat(run.at("/tool/driver/version").asText()).isEqualTo("1.2.3");
    }

    @Test
    void everyProblemOfManyFilesIsAResultOfItsRule() throws IOException {
        List<CheckReport.Entry> entries = new ArrayList<>();
        for (Path file : filesOf("cases")) {
            entries.add(entry(file));
        }
        long problems = entries.stream()
                .flatMap(entry -> entry.result().problems().stream())
                .distinct()
                .count();

        JsonNode run = run(entries.toArray(CheckReport.Entry[]::new));

        assertThat(run.path("results")).hasSize((int) problems).hasSizeGreaterThan(100);
        for (JsonNode result : run.path("results")) {
            JsonNode rule =
                    run.at("/tool/driver/rules").path(result.path("ruleIndex").asInt(-1));
            assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
            assertThat(rule.at("/shortDescription/text").asText()).isNotBlank();
            assertThat(rule.at("/help/text").asText()).isNotBlank();
        }
        assertThat(run.findValuesAsText("gatehouseProblem/v1")).doesNotHaveDuplicates();
    }

    @Test
    void resultSaysWhatTheTextReportSays() throws IOException {
        Problem problem = new Problem(
                "CFG-14",
                Severity.ERROR,
                Kind.REFERENCE,
                directory.resolve("gateway.json").toString(),
                41,
                17,
                "requestRoutingRules[0].backendAddressPool",
                "no pool is named \"apiPool\".",
                "Correct the id.");

        JsonNode result = run(entryOf(problem)).path("results").path(0);

        assertThat(result.at("/message/text").asText())
                .isEqualTo("requestRoutingRules[0].backendAddressPool: no pool is named \"apiPool\". Correct the id.");
        JsonNode location = result.path("locations").path(0);
        assertThat(location.at("/physicalLocation/artifactLocation/uri").asText())
                .isEqualTo("gateway.json");
        assertThat(location.at("/physicalLocation/region/startLine").asInt()).isEqualTo(41);
        assertThat(location.at("/physicalLocation/region/startColumn").asInt()).isEqualTo(17);
        assertThat(location.at("/logicalLocations/0/fullyQualifiedName").asText())
                .isEqualTo(problem.path());
    }

    @ParameterizedTest
    @EnumSource(Severity.class)
    void differencesToAzureAndInformationAreNotes(Severity severity) throws IOException {
        JsonNode result =
                run(entryOf(problem(severity, 1, "a", "m."))).path("results").path(0);

        String level = severity == Severity.ERROR || severity == Severity.WARNING ? severity.label() : "note";
        assertThat(result.path("level").asText()).isEqualTo(level);
        assertThat(result.path("kind").asText()).isEqualTo("fail"); // SARIF 3.27.10: else the level would be "none"
        assertThat(result.at("/properties/tags/0").asText("")).isEqualTo(severity == Severity.AZURE ? "azure" : "");
    }

    @Test
    void problemOfAWholeFileHasNoRegionAndNoLogicalPlace() throws IOException {
        JsonNode location = run(entry(directory.resolve("absent.json")))
                .path("results")
                .path(0)
                .path("locations")
                .path(0);

        assertThat(location.at("/physicalLocation/artifactLocation/uri").asText())
                .isEqualTo("absent.json");
        assertThat(location.path("physicalLocation").has("region")).isFalse();
        assertThat(location.has("logicalLocations")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "my gateway.json, my%20gateway.json",
        "größe#1.json, gr%C3%B6%C3%9Fe%231.json",
        "100%.json, 100%25.json",
        "c:d.json, c%3Ad.json",
        "sub dir/é/../g.json, sub%20dir/g.json"
    })
    void nameBelowTheWorkingDirectoryIsARelativeUri(String name, String uri) throws IOException {
        JsonNode run = run(entryOf(problemIn(directory.resolve(name).toString())));

        assertThat(run.findValue("uri").asText()).isEqualTo(uri);
    }

    @Test
    void nameElsewhereIsAFileUri() throws IOException {
        Path elsewhere = directory.resolveSibling("a b.json").toAbsolutePath();

        JsonNode run = run(entryOf(problemIn(elsewhere.toString())));

        assertThat(run.findValue("uri").asText()).startsWith("file:///").endsWith("/a%20b.json");
    }

    @Test
    void nameThatIsNoPathStaysAName() throws IOException {
        assertThat(run(entryOf(problemIn("a\0b"))).findValue("uri").asText()).isEqualTo("a%00b");
    }

    @Test
    void fingerprintSurvivesMovedLinesAndPositionsButTellsEqualProblemsApart() throws IOException {
        List<String> before = fingerprints(problem(Severity.ERROR, 3, "rules[0].a", "as at line 1."));
        List<String> after = fingerprints(
                problem(Severity.ERROR, 9, "rules[2].a", "as at line 7."),
                problem(Severity.ERROR, 12, "rules[3].a", "as at line 7."),
                problem(Severity.ERROR, 13, "rules[3].b", "as at line 7."));

        assertThat(after).startsWith(before.get(0)).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void ruleThatTheCatalogueDoesNotListIsReportedAllTheSame() throws IOException {
        Problem problem = new Problem("NEW-1", Severity.INFO, Kind.RANGE, "g.json", 1, 1, "", "m.", "c.");

        assertThat(run(entryOf(problem))
                        .at("/tool/driver/rules/0/shortDescription/text")
                        .asText())
                .isNotBlank();
    }

    @Test
    void textOfAFileIsNeitherPlaceholderNorLink() throws IOException { // SARIF 3.11.5, 3.11.6
        JsonNode run = run(entryOf(problem(Severity.INFO, 1, "a", "\"{0} [x](1) {\"value\"}\".")));

        assertThat(run.at("/results/0/message/text").asText()).contains("\"{{0}} [x] (1) {\"value\"}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"version\": \"2.1.0\"}", "{\"version\": \"2.1.0\", \"runs\": [{}]}", "\"a b.json\""})
    void schemaOfTheseTestsRefusesWhatIsNoSarif(String text) throws IOException {
        String log = text.startsWith("{") ? text : """
                  { "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "g" } }, "results": [{
                    "message": { "text": "m" }, "locations": [{ "physicalLocation": {
                      "artifactLocation": { "uri": %s } } }] }] }] }
                  """.formatted(text);

        assertThat(JsonSchemas.complaints(JsonSchemas.of(RESOURCES.resolve("sarif/sarif-schema-2.1.0.json")), log))
                .isNotEmpty();
    }

    private List<String> fingerprints(Problem... problems) throws IOException {
        return run(entryOf(problems)).findValuesAsText("gatehouseProblem/v1");
    }

    private static Problem problem(Severity severity, int line, String path, String message) {
        return new Problem("CFG-9", severity, Kind.DUPLICATE, "g.json", line, 1, path, message, "Remove it.");
    }

    private static Problem problemIn(String file) {
        return new Problem("CFG-9", Severity.ERROR, Kind.DUPLICATE, file, 1, 1, "a", "m.", "c.");
    }

    private static CheckReport.Entry entryOf(Problem... problems) {
        return new CheckReport.Entry(
                "g.json",
                new LoadResult(
                        Optional.empty(),
                        List.of(problems),
                        "unknown",
                        List.of(),
                        new TreeOrigins(),
                        Optional.empty()));
    }

    private static CheckReport.Entry entry(Path file) {
        return new CheckReport.Entry(file.toString(), TestDay.reader().load(file, Optional.empty()));
    }

    private static List<Path> filesOf(String folder) throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** The only run of the report, which the schema accepts. */
    private JsonNode run(CheckReport.Entry... entries) throws IOException {
        StringWriter out = new StringWriter();
        new SarifReport(new CheckReport(List.of(entries)), Optional.of("1.2.3"), directory).write(out);
        Schema schema = JsonSchemas.of(RESOURCES.resolve("sarif/sarif-schema-2.1.0.json"));
        assertThat(JsonSchemas.complaints(schema, out.toString())).isEmpty();
        assertThat(out.toString()).matches("\\p{ASCII}*");
        JsonNode log = new JsonMapper().readTree(out.toString());
        assertThat(log.path("runs")).hasSize(1);
        assertThat(log.at("/runs/0/columnKind").asText()).isEqualTo("utf16CodeUnits");
        return log.at("/runs/0");
    }
}
