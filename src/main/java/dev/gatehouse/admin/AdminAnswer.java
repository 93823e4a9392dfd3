package dev.gatehouse.admin;

import dev.gatehouse.document.JsonOutput;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a call on the admin address is answered: JSON, but for what has a format of its own. Immutable.
 *
 * @param status of HTTP
 * @param contentType of the text
 * @param headers beyond those that every answer has
 * @param text writes the body
 */
record AdminAnswer(int status, String contentType, Map<String, String> headers, Text text) {
    /** Writes a body. */
    @FunctionalInterface
    interface Text {
        void write(Writer out) throws IOException;
    }

    AdminAnswer {
        headers = Map.copyOf(headers);
    }

    /** One JSON value. */
    AdminAnswer(int status, Map<String, String> headers, JsonOutput.Content content) {
        this(status, "application/json", headers, out -> JsonOutput.write(out, content));
    }

    static AdminAnswer ok(JsonOutput.Content content) {
        return new AdminAnswer(HttpServletResponse.SC_OK, Map.of(), content);
    }

    /** An answer that says why there is no other. */
    static AdminAnswer error(int status, String error) {
        return error(status, error, "problems", List.of());
    }

    /** The same with a list; none is written if it is empty. */
    static AdminAnswer error(int status, String error, String listName, List<String> list) {
        return new AdminAnswer(status, Map.of(), json -> {
            json.writeStartObject();
            json.writeStringField("error", error);
            if (!list.isEmpty()) {
                json.writeFieldName(listName);
                json.writeArray(list.toArray(String[]::new), 0, list.size());
            }
            json.writeEndObject();
        });
    }

    AdminAnswer with(String header, String value) {
        return new AdminAnswer(status, contentType, Map.of(header, value), text);
    }

    /** Sends it; for HEAD the container leaves the body out. */
    void send(HttpServletResponse response, boolean withBody) throws IOException {
        StringWriter written = new StringWriter();
        text.write(written);
        byte[] body = written.toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        headers.forEach(response::setHeader);
        if (withBody) {
            response.getOutputStream().write(body);
        }
    }
}
