package dev.gatehouse.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The characters of a file, made fit for the parser without moving any of them: byte-order mark off, no-break spaces
 * between values turned into spaces (seen in published templates), a bare fragment wrapped in braces (CFG-6). Immutable.
 */
final class JsonText {
    private static final char NO_BREAK_SPACE = '\u00A0';

    private final String text;
    private final boolean isFragment;
    private final int[] lineStarts;

    private JsonText(String text, boolean isFragment) {
        this.text = text;
        this.isFragment = isFragment;
        this.lineStarts = lineStarts(text);
    }

    /** What the parser reads. */
    String text() {
        return text;
    }

    /** Whether braces were added. */
    boolean isFragment() {
        return isFragment;
    }

    static JsonText of(byte[] bytes) throws CharacterCodingException {
        String decoded = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        String text = plainSpaces(decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded);
        boolean isFragment = startsWithName(text);
        return new JsonText(isFragment ? "{" + text + "}" : text, isFragment);
    }

    /** Indexes at which lines begin; the parser does not count line ends inside strings. */
    private static int[] lineStarts(String text) {
        IntStream.Builder starts = IntStream.builder().add(0);
        for (int i = 0; i < text.length(); i++) {
            if (SpelledText.isLineEnd(text, i)) {
                starts.add(i + 1);
            }
        }
        return starts.build().toArray();
    }

    /** The place of a character; an index off the text counts as its nearest end. */
    Place place(String file, int offset, Pointer pointer) {
        int index = Math.max(0, Math.min(offset, text.length()));
        int found = Arrays.binarySearch(lineStarts, index);
        int line = found >= 0 ? found : -found - 2;
        int column = index - lineStarts[line] + 1;
        // The brace in front of a fragment moves its first line by one.
        int moved = isFragment && line == 0 ? Math.max(1, column - 1) : column;
        return new Place(file, line + 1, moved, pointer, text, index);
    }

    boolean isBlank() {
        return text.isBlank();
    }

    private static boolean startsWithName(String text) {
        int start = skipBlanksAndComments(text);
        return start < text.length() && text.charAt(start) == '"';
    }

    private static String plainSpaces(String text) {
        if (text.indexOf(NO_BREAK_SPACE) < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text);
        boolean isInString = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isInString && c == '\\') {
                i++;
            } else if (c == '"') {
                isInString = !isInString;
            } else if (c == NO_BREAK_SPACE && !isInString) {
                plain.setCharAt(i, ' ');
            } else if (c == '/' && !isInString) {
                i = Math.max(i, endOfComment(text, i) - 1);
            }
        }
        return plain.toString();
    }

    private static int skipBlanksAndComments(String text) {
        int i = 0;
        while (i < text.length()) {
            int next = Character.isWhitespace(text.charAt(i)) ? i + 1 : endOfComment(text, i);
            if (next == i) {
                return i;
            }
            i = next;
        }
        return i;
    }

    /** The index behind a comment that starts here, or the same index if none does. */
    private static int endOfComment(String text, int start) {
        if (text.startsWith("//", start)) {
            int end = text.indexOf('\n', start);
            return end < 0 ? text.length() : end + 1;
        }
        if (text.startsWith("/*", start)) {
            int end = text.indexOf("*/", start + 2);
            return end < 0 ? text.length() : end + 2;
        }
        return start;
    }
}
