package dev.gatehouse.testkit;

import java.util.List;

/**
 * Start line and fields of an HTTP message exactly as they stood on the wire: order, case and duplicates kept.
 * Immutable.
 */
public record Head(String startLine, List<Field> fields) {
    /** One field line. */
    public record Field(String name, String value) {}

    public Head {
        fields = List.copyOf(fields);
    }

    public String method() {
        return startLine.substring(0, startLine.indexOf(' '));
    }

    /** What stands between the first and the last space of a request line. */
    public String target() {
        return startLine.substring(startLine.indexOf(' ') + 1, startLine.lastIndexOf(' '));
    }

    public int status() {
        return Integer.parseInt(startLine.substring(9, 12));
    }

    /** All values of a field, in order. */
    public List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** All values joined with a bar; empty if the field is absent. */
    public String value(String name) {
        return String.join("|", values(name));
    }

    public boolean has(String name) {
        return !values(name).isEmpty();
    }

    boolean isChunked() {
        return value("Transfer-Encoding").toLowerCase(java.util.Locale.ROOT).contains("chunked");
    }
}
