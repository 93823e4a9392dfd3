package dev.gatehouse.testkit;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;
import java.util.stream.Collectors;

/** A tree as JSON without blanks; what is open as an export prints it. */
public final class JsonText {
    private JsonText() {}

    public static String of(Node node) {
        if (node instanceof ObjectNode object) {
            return object.members().stream()
                    .map(member -> quote(member.name()) + ":" + of(member.value()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node instanceof ArrayNode array) {
            return array.elements().stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
        }
        if (node instanceof OpenNode open) {
            return open.known().map(JsonText::of).orElseGet(() -> quote(open.text()));
        }
        ScalarNode scalar = (ScalarNode) node;
        return scalar.isText() ? quote(scalar.text()) : scalar.text();
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
