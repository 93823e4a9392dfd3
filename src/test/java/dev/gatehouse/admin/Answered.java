package dev.gatehouse.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An answer as it stood on the wire. */
record Answered(Head head, String body) {
    /** Sends one request; the Host is that of the socket unless a header says otherwise. */
    static Answered to(int port, String method, String target, String body, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1", "Connection: close"));
        lines.addAll(List.of(headers));
        if (lines.stream().noneMatch(line -> line.startsWith("Host:"))) {
            lines.add("Host: 127.0.0.1:" + port);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            lines.add("Content-Length: " + bytes.length);
        }
        try (Wire wire = Wire.connect(port)) {
            wire.write(String.join("\r\n", lines) + "\r\n\r\n").write(bytes);
            Head head = wire.readFinalHead();
            return new Answered(head, new String(wire.readAnswerBody(head, method), StandardCharsets.UTF_8));
        }
    }

    int status() {
        return head.status();
    }

    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(body);
    }
}
