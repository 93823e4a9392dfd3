package dev.gatehouse.template;

/** Tells expressions from plain text where no template says that there are any: in a resource, an export. Stateless. */
public final class BareExpressions {
    private BareExpressions() {}

    /**
     * Whether a string is an expression: in brackets, not {@code [[}, and starting with a call or a literal. The last
     * test keeps text such as {@code [ok]}, which an export may hold, apart.
     *
     * @param text the text of a value
     * @return whether it is meant as an expression
     */
    public static boolean isExpression(String text) {
        String trimmed = text.strip();
        if (!trimmed.startsWith("[") || !trimmed.endsWith("]") || trimmed.startsWith("[[")) {
            return false;
        }
        int i = skipBlanks(trimmed, 1);
        if (trimmed.charAt(i) == '\'') {
            return true;
        }
        int start = i;
        while (isNameCharacter(trimmed.charAt(i))) {
            i++;
        }
        return i > start && trimmed.charAt(skipBlanks(trimmed, i)) == '(';
    }

    /** Both loops end at the latest at the closing bracket. */
    private static int skipBlanks(String text, int from) {
        int i = from;
        while (Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isNameCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }
}
