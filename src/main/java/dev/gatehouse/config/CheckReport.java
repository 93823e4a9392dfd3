package dev.gatehouse.config;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.document.JsonOutput;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.document.ProblemJson;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/**
 * What {@code check} prints of one or several files, as text for people or as JSON for programs (product.md section 2).
 * Immutable.
 *
 * @param files in the order they were given
 */
public record CheckReport(List<Entry> files) {
    /** Copies the list. */
    public CheckReport {
        files = List.copyOf(files);
    }

    /**
     * One file.
     *
     * @param file its name, as given
     * @param result what came of reading it
     */
    public record Entry(String file, LoadResult result) {}

    /**
     * Whether a file is refused.
     *
     * @return true if any has an error
     */
    public boolean hasErrors() {
        return files.stream().anyMatch(entry -> entry.result().hasErrors());
    }

    /**
     * All problems, those of a file by severity, the errors first, each group under its heading.
     *
     * @param out left open
     * @throws IOException if writing fails
     */
    public void writeText(Writer out) throws IOException {
        for (Entry entry : files) {
            for (Severity severity : Severity.values()) {
                List<Problem> problems = entry.result().problems().stream()
                        .filter(problem -> problem.severity() == severity)
                        .toList();
                if (!problems.isEmpty()) {
                    out.write(heading(entry.file(), severity, problems.size()));
                    for (Problem problem : problems) {
                        out.write(problem.text() + "\n");
                    }
                }
            }
            if (entry.result().problems().isEmpty()) {
                out.write(entry.file() + ": no problems\n");
            }
        }
        out.flush();
    }

    private static String heading(String file, Severity severity, int size) {
        String what = switch (severity) {
            case ERROR -> size == 1 ? "1 error" : size + " errors";
            case WARNING -> size == 1 ? "1 warning" : size + " warnings";
            case INFO -> size == 1 ? "1 note" : size + " notes";
            case AZURE -> size == 1 ? "1 difference to Azure" : size + " differences to Azure";
        };
        return file + ": " + what + "\n";
    }

    /**
     * The same as one JSON object.
     *
     * @param out left open
     * @throws IOException if writing fails
     */
    public void writeJson(Writer out) throws IOException {
        JsonOutput.writeAscii(out, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("files");
            for (Entry entry : files) {
                writeFile(json, entry);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void writeFile(JsonGenerator json, Entry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", entry.file());
        json.writeStringField("shape", entry.result().shape());
        json.writeArrayFieldStart("gateways");
        for (LoadResult.Summary gateway : entry.result().gateways()) {
            json.writeStartObject();
            json.writeStringField("name", gateway.name());
            json.writeObjectFieldStart("counts");
            for (Map.Entry<String, Integer> count : gateway.counts().entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("problems");
        for (Problem problem : entry.result().problems()) {
            ProblemJson.write(json, problem);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
