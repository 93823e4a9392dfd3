package dev.gatehouse.document;

/** Finds a character of a string's value again in the JSON that spells it, escapes and raw line ends included. */
final class SpelledText {
    private static final int UNICODE_ESCAPE = 6;

    private SpelledText() {}

    /** The place of the value's character at an index; of the closing quote if the value is shorter. */
    static Place of(Place string, int index) {
        String text = string.text();
        int at = string.start() + 1;
        int line = string.line();
        int column = string.column() + 1;
        for (int i = 0; i < index && at < text.length() && text.charAt(at) != '"'; i++) {
            int length = spelledLength(text, at);
            boolean endsLine = isLineEnd(text, at);
            line += endsLine ? 1 : 0;
            column = endsLine ? 1 : column + length;
            at += length;
        }
        return new Place(string.file(), line, column, string.pointer(), text, at);
    }

    private static int spelledLength(String text, int at) {
        if (text.charAt(at) != '\\') {
            return 1;
        }
        return text.startsWith("\\u", at) ? UNICODE_ESCAPE : 2;
    }

    static boolean isLineEnd(String text, int at) {
        char c = text.charAt(at);
        return c == '\n' || c == '\r' && !text.startsWith("\n", at + 1);
    }
}
