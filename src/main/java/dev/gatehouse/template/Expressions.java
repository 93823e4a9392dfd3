package dev.gatehouse.template;

/** Tells expressions from plain text (section 2). Stateless. */
final class Expressions {
    private Expressions() {}

    /** Whether a string is an expression: in brackets, and not with the doubled bracket that stands for one. */
    static boolean isExpression(String text) {
        return text.startsWith("[") && text.endsWith("]") && !text.startsWith("[[");
    }

    /** The plain text that a string stands for if it is no expression: a doubled bracket in front is one bracket. */
    static String literal(String text) {
        return text.startsWith("[[") ? text.substring(1) : text;
    }
}
