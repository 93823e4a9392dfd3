package dev.gatehouse.config;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.document.JsonOutput;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Severity;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code check} prints for code hosts and editors: SARIF 2.1.0, one run with the problems of all files. Immutable.
 */
public final class SarifReport {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private final List<Problem> problems;
    private final Optional<String> version;
    private final FileUris uris;
    private final List<String> ruleIds;
    private final RuleCatalogue catalogue = RuleCatalogue.load();

    /**
     * A report in another form.
     *
     * @param report what was found
     * @param version the program's version, if it is known
     * @param workingDirectory files below it are named by their relative path, as a code host knows them
     */
    public SarifReport(CheckReport report, Optional<String> version, Path workingDirectory) {
        // A local file that serves several gateways has its problems told once.
        this.problems = report.files().stream()
                .flatMap(entry -> entry.result().problems().stream())
                .distinct()
                .toList();
        this.version = version;
        this.uris = new FileUris(workingDirectory);
        this.ruleIds = problems.stream().map(Problem::id).distinct().toList();
    }

    /**
     * Writes the log file.
     *
     * @param out left open
     * @throws IOException if writing fails
     */
    public void write(Writer out) throws IOException {
        JsonOutput.writeAscii(out, json -> {
            json.writeStartObject();
            json.writeStringField("$schema", SCHEMA);
            json.writeStringField("version", "2.1.0");
            json.writeArrayFieldStart("runs");
            writeRun(json);
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void writeRun(JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeTool(json);
        // Columns come from Java strings.
        json.writeStringField("columnKind", "utf16CodeUnits");
        Fingerprints fingerprints = new Fingerprints();
        json.writeArrayFieldStart("results");
        for (Problem problem : problems) {
            writeResult(json, problem, fingerprints);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeTool(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "Gatehouse");
        if (version.isPresent()) {
            json.writeStringField("version", version.get());
        }
        json.writeArrayFieldStart("rules");
        for (String id : ruleIds) {
            RuleCatalogue.Rule rule = catalogue.describe(id);
            json.writeStartObject();
            json.writeStringField("id", id);
            writeText(json, "shortDescription", rule.summary());
            writeText(json, "help", rule.help());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeResult(JsonGenerator json, Problem problem, Fingerprints fingerprints) throws IOException {
        String uri = uris.of(problem.file());
        json.writeStartObject();
        json.writeStringField("ruleId", problem.id());
        json.writeNumberField("ruleIndex", ruleIds.indexOf(problem.id()));
        // SARIF ties levels to this kind; any other would leave the level "none".
        json.writeStringField("kind", "fail");
        json.writeStringField("level", level(problem.severity()));
        writeText(json, "message", message(problem));
        writeLocations(json, problem, uri);
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField("gatehouseProblem/v1", fingerprints.of(problem, uri));
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        json.writeStringField("kind", problem.kind().label());
        if (problem.severity() == Severity.AZURE) {
            json.writeArrayFieldStart("tags");
            json.writeString(problem.severity().label());
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeLocations(JsonGenerator json, Problem problem, String uri) throws IOException {
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", uri);
        json.writeEndObject();
        if (problem.line() > 0) {
            json.writeObjectFieldStart("region");
            json.writeNumberField("startLine", problem.line());
            json.writeNumberField("startColumn", problem.column());
            json.writeEndObject();
        }
        json.writeEndObject();
        if (!problem.path().isEmpty()) {
            json.writeArrayFieldStart("logicalLocations");
            json.writeStartObject();
            json.writeStringField("fullyQualifiedName", problem.path());
            json.writeStringField("kind", problem.path().endsWith("]") ? "value" : "property");
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO, AZURE -> "note";
        };
    }

    private static String message(Problem problem) {
        String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
        return SarifText.plain(path + problem.message() + " " + problem.cure());
    }

    private static void writeText(JsonGenerator json, String name, String text) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("text", text);
        json.writeEndObject();
    }
}
