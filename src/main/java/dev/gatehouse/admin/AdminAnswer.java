package dev.gatehouse.admin;

import dev.gatehouse.document.JsonOutput;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a call on the admin address is answered: JSON, always. Immutable.
 *
 * @param status of HTTP
 * @param headers beyond those that every answer has
 * @param content one JSON value
 */
record AdminAnswer(int status, Map<String, String> headers, JsonOutput.Content content) {
    AdminAnswer {
        headers = Map.copyOf(headers);
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
        return new AdminAnswer(status, Map.of(header, value), content);
    }

    /** Sends it; for HEAD the container leaves the body out. */
    void send(HttpServletResponse response, boolean withBody) throws IOException {
        StringWriter text = new StringWriter();
        JsonOutput.write(text, content);
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        headers.forEach(response::setHeader);
        if (withBody) {
            response.getOutputStream().write(body);
        }
    }
}
