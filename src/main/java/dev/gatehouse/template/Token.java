package dev.gatehouse.template;

/**
 * A word of an expression. Immutable.
 *
 * @param kind what it is
 * @param text a name, the value of a string or the digits of a number; for a sign the sign itself
 * @param start index of its first character in the expression's text
 * @param end index behind its last
 */
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        NAME,
        TEXT,
        NUMBER,
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    /** For a message. */
    String describe() {
        return switch (kind) {
            case NAME -> "the name \"" + text + "\"";
            case TEXT -> "a string";
            case NUMBER -> "the number " + text;
            case SIGN -> "\"" + text + "\"";
            case END -> "the end of the expression";
        };
    }
}
