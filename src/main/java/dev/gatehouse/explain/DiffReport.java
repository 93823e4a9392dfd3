package dev.gatehouse.explain;

import dev.gatehouse.document.JsonOutput;
import dev.gatehouse.document.Wording;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * What {@code diff} prints, as text for people or as JSON for programs. Immutable.
 *
 * @param differences in the order in which they are told
 */
public record DiffReport(List<Difference> differences) {
    /** Copies the list. */
    public DiffReport {
        differences = List.copyOf(differences);
    }

    /**
     * Whether both configurations do the same.
     *
     * @return true if there is no difference
     */
    public boolean isSame() {
        return differences.isEmpty();
    }

    /**
     * One line per difference.
     *
     * @param out left open
     * @throws IOException if writing fails
     */
    public void writeText(Writer out) throws IOException {
        if (isSame()) {
            out.write("no differences\n");
        }
        for (Difference difference : differences) {
            out.write(Wording.printable(difference.text()) + "\n");
        }
        out.flush();
    }

    /**
     * The same as one JSON object; {@code before} and {@code after} are null where there is nothing.
     *
     * @param out left open
     * @throws IOException if writing fails
     */
    public void writeJson(Writer out) throws IOException {
        JsonOutput.write(out, json -> {
            json.writeStartObject();
            json.writeBooleanField("same", isSame());
            json.writeArrayFieldStart("differences");
            for (Difference difference : differences) {
                json.writeStartObject();
                json.writeStringField("kind", difference.kind());
                json.writeStringField("subject", difference.subject());
                json.writeStringField("before", difference.before());
                json.writeStringField("after", difference.after());
                json.writeStringField("text", difference.text());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
