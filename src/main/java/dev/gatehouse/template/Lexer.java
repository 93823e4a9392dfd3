package dev.gatehouse.template;

import dev.gatehouse.template.Token.Kind;

/** Cuts an expression into tokens, one at a time. Blanks and line ends between them say nothing. Confined to one parse. */
final class Lexer {
    private static final String SIGNS = "[](),.?";

    private final String text;
    private int at;

    /**
     * A reader of one text.
     *
     * @param start where to begin
     */
    Lexer(String text, int start) {
        this.text = text;
        this.at = start;
    }

    Token next() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        if (at >= text.length()) {
            return new Token(Kind.END, "", text.length(), text.length());
        }
        char c = text.charAt(at);
        if (c == '\'') {
            return string();
        }
        if (isDigit(c) || c == '-' || c == '+') {
            return number();
        }
        if (Character.isLetter(c) || c == '_' || c == '$') {
            return name();
        }
        if (SIGNS.indexOf(c) >= 0) {
            at++;
            return new Token(Kind.SIGN, String.valueOf(c), at - 1, at);
        }
        throw strange(c);
    }

    private static EvaluationException refuse(int offset, String message, String cure) {
        return new EvaluationException(offset, message, cure);
    }

    private EvaluationException strange(char c) {
        String cure = c == '"'
                ? "Put strings into single quotes."
                : "Use functions instead of operators, and single quotes around strings.";
        return refuse(at, "the character '" + c + "' means nothing here.", cure);
    }

    private Token string() {
        int start = at;
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            boolean isQuote = text.charAt(at) == '\'';
            if (isQuote && !text.startsWith("'", at + 1)) {
                at++;
                return new Token(Kind.TEXT, value.toString(), start, at);
            }
            value.append(text.charAt(at));
            at += isQuote ? 1 : 0;
        }
        throw refuse(
                start,
                "the string that begins here never ends.",
                "Close it with a single quote; write a quote inside as ''.");
    }

    private Token number() {
        int start = at;
        at++;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        boolean isFraction = at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1));
        if (isFraction || at < text.length() && Character.isLetter(text.charAt(at))) {
            throw refuse(
                    start, "only whole numbers can be written in an expression.", "Write float('1.5') or json('1.5').");
        }
        String digits = text.substring(start, at);
        if (!isDigit(digits.charAt(digits.length() - 1))) {
            throw refuse(start, "\"" + digits + "\" is no number.", "Use add() and sub() to calculate.");
        }
        return new Token(Kind.NUMBER, digits, start, at);
    }

    private Token name() {
        int start = at;
        while (at < text.length() && isPartOfName(text.charAt(at))) {
            at++;
        }
        return new Token(Kind.NAME, text.substring(start, at), start, at);
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || c == '\u00A0' || c == '\uFEFF';
    }
}
