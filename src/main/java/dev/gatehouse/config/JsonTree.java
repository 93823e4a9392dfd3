package dev.gatehouse.config;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.document.JsonOutput;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Maps, lists, texts, numbers and booleans as pretty JSON. Stateless. */
final class JsonTree {
    private JsonTree() {}

    static String write(Object value) {
        StringWriter out = new StringWriter();
        try {
            JsonOutput.write(out, json -> write(value, json));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string failed", e);
        }
        return out.toString();
    }

    private static void write(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            for (Map.Entry<?, ?> member : object.entrySet()) {
                json.writeFieldName(String.valueOf(member.getKey()));
                write(member.getValue(), json);
            }
            json.writeEndObject();
        } else if (value instanceof List<?> array) {
            json.writeStartArray();
            for (Object element : array) {
                write(element, json);
            }
            json.writeEndArray();
        } else if (value instanceof Raw raw) {
            json.writeRawValue(raw.json());
        } else {
            json.writeObject(value);
        }
    }

    /** A value that is JSON already. */
    record Raw(String json) {}
}
