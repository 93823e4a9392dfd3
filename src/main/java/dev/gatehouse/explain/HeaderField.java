package dev.gatehouse.explain;

/**
 * One header field. Immutable.
 *
 * @param name its name
 * @param value its value, without blanks around it
 */
public record HeaderField(String name, String value) {
    /** Reads {@code Name: value}, as curl takes it. */
    static HeaderField parse(String text) throws DescriptionException {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon);
        if (!isToken(name)) {
            throw new DescriptionException("\"" + text + "\" is no header: write 'Name: value'.");
        }
        String value = text.substring(colon + 1).strip();
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            throw new DescriptionException("the value of \"" + name + "\" holds a control character.");
        }
        return new HeaderField(name, value);
    }

    // RFC 9110 §5.6.2
    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0));
    }

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
