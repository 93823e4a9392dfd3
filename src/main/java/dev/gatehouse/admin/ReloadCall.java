package dev.gatehouse.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.admin.ReloadReport.Result;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.ProblemJson;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code /reload}: reads the files again and tells what became of it. Thread-safe. */
final class ReloadCall {
    private static final int UNPROCESSABLE = 422;

    private final Reloads reloads;

    ReloadCall(Reloads reloads) {
        this.reloads = reloads;
    }

    AdminAnswer post() {
        ReloadReport report = reloads.reload();
        int status = report.result() == Result.REFUSED || !report.reasons().isEmpty() ? UNPROCESSABLE : 200;
        return new AdminAnswer(status, Map.of(), json -> write(json, report));
    }

    private static void write(JsonGenerator json, ReloadReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("result", report.result().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("generation", report.generation());
        json.writeNumberField("kept", report.kept());
        json.writeNumberField("draining", report.draining());
        writeLines(json, "why", report.why());
        writeLines(json, "changes", report.changes());
        json.writeArrayFieldStart("problems");
        for (Problem problem : report.problems()) {
            ProblemJson.write(json, problem);
        }
        json.writeEndArray();
        writeLines(json, "reasons", report.reasons());
        json.writeNumberField("tookMillis", report.took().toMillis());
        json.writeEndObject();
    }

    private static void writeLines(JsonGenerator json, String name, List<String> lines) throws IOException {
        json.writeArrayFieldStart(name);
        for (String line : lines) {
            json.writeString(line);
        }
        json.writeEndArray();
    }
}
