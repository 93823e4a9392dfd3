package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;

/** Values as text: scalars as {@code concat} prints them, the rest as JSON without blanks. Confined to one call. */
final class JsonSpelling {
    private static final char FIRST_PRINTABLE = ' ';

    private final StringBuilder json = new StringBuilder();
    private final Budget budget;
    private final int offset;

    private JsonSpelling(Budget budget, int offset) {
        this.budget = budget;
        this.offset = offset;
    }

    /** The text of a value; holes stay holes. Booleans read as .NET writes them. */
    static String spell(Node value, Budget budget, int offset) {
        if (value instanceof OpenNode open) {
            return open.text();
        }
        if (value instanceof ScalarNode scalar) {
            return switch (scalar.type()) {
                case TEXT, NUMBER -> scalar.text();
                case BOOLEAN -> scalar.text().equals("true") ? "True" : "False";
                case NULL -> "";
            };
        }
        return json(value, budget, offset);
    }

    static String json(Node value, Budget budget, int offset) {
        JsonSpelling spelling = new JsonSpelling(budget, offset);
        spelling.write(value);
        budget.spendText(spelling.json.length(), offset);
        return spelling.json.toString();
    }

    /** A value as an argument in the text of an expression. */
    static String argument(Node value, Budget budget, int offset) {
        if (value instanceof OpenNode open) {
            return Holes.isWhole(open.text()) ? Holes.inner(open.text()) : quote(open.text());
        }
        if (Values.isText(value)) {
            return quote(((ScalarNode) value).text());
        }
        return value instanceof ScalarNode scalar ? scalar.text() : json(value, budget, offset);
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void write(Node value) {
        if (json.length() > Budget.LONGEST_TEXT) {
            budget.spendText(json.length(), offset);
        }
        if (value instanceof ObjectNode object) {
            writeObject(object);
        } else if (value instanceof ArrayNode array) {
            writeArray(array);
        } else if (value instanceof OpenNode open) {
            writeOpen(open.text());
        } else if (value instanceof ScalarNode scalar) {
            writeScalar(scalar);
        }
    }

    private void writeObject(ObjectNode object) {
        String separator = "{";
        for (ObjectNode.Member member : object.members()) {
            json.append(separator);
            writeText(member.name());
            json.append(':');
            write(member.value());
            separator = ",";
        }
        json.append(object.members().isEmpty() ? "{}" : "}");
    }

    private void writeArray(ArrayNode array) {
        String separator = "[";
        for (Node element : array.elements()) {
            json.append(separator);
            write(element);
            separator = ",";
        }
        json.append(array.elements().isEmpty() ? "[]" : "]");
    }

    /** A hole alone may be of any type; text around it makes it a string. */
    private void writeOpen(String text) {
        if (Holes.isWhole(text)) {
            json.append(text);
        } else {
            writeText(text);
        }
    }

    private void writeScalar(ScalarNode scalar) {
        if (scalar.isText()) {
            writeText(scalar.text());
        } else {
            json.append(scalar.text());
        }
    }

    private void writeText(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> json.append(c < FIRST_PRINTABLE ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        json.append('"');
    }
}
