package dev.gatehouse.document;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A problem for programs, the same wherever it is told (product.md section 2). Stateless. */
public final class ProblemJson {
    private ProblemJson() {}

    /** One object. */
    public static void write(JsonGenerator json, Problem problem) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", problem.id());
        json.writeStringField("severity", problem.severity().label());
        json.writeStringField("kind", problem.kind().label());
        json.writeStringField("file", problem.file());
        json.writeNumberField("line", problem.line());
        json.writeNumberField("column", problem.column());
        json.writeStringField("path", problem.path());
        json.writeStringField("message", problem.message());
        json.writeStringField("cure", problem.cure());
        json.writeEndObject();
    }
}
