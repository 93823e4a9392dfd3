package dev.gatehouse.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the parser could not go on, in words: what stands there, what may stand there, what to do. The parser says where
 * it stopped and what was open; what was wrong is read from the text around. Immutable.
 *
 * @param cause a sentence
 * @param cure a sentence
 */
record Stumble(String cause, String cure) {
    private static final int LONGEST_WORD = 40;
    private static final String ANY = "Correct it here or shortly before; comments and a trailing comma are fine.";
    private static final Map<String, String> WORDS =
            Map.of("true", "true", "false", "false", "null", "null", "none", "null", "undefined", "null");

    static Stumble of(JsonProcessingException e, String text, JsonStreamContext open, int deepest) {
        @Nullable JsonLocation location = e.getLocation();
        long stopped = location == null ? text.length() : location.getCharOffset();
        int offset = (int) Math.max(0, Math.min(stopped, text.length()));
        // The parser's own words only sort the cases; none of them is shown.
        String words = String.valueOf(e.getOriginalMessage()).toLowerCase(Locale.ROOT);
        if (e instanceof StreamConstraintsException) {
            return tooMuch(open, deepest);
        }
        if (e instanceof JsonEOFException || offset == text.length()) {
            return new Stumble("the text ends here, but " + unclosed(words, open) + ".", "Add the missing end.");
        }
        if (words.contains("escape")) {
            return new Stumble(
                    "the string holds a backslash before " + standing(text, offset) + ", which is no escape.",
                    "Write \\\\ for a backslash; the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four"
                            + " hexadecimal digits.");
        }
        if (words.contains("numeric value") || words.contains("leading zero")) {
            return new Stumble(
                    "here stands a number that JSON does not know.",
                    "Write digits without leading zeros or a plus sign, such as 80; anything else belongs into quotes.");
        }
        String expected = expected(text, offset, open);
        return new Stumble(
                "here stands " + standing(text, offset) + ", but " + expected + " is expected.",
                cure(text, offset, expected));
    }

    private static Stumble tooMuch(JsonStreamContext open, int deepest) {
        boolean isDeep = open.getNestingDepth() >= deepest;
        return new Stumble(
                isDeep
                        ? "objects and arrays are nested deeper than " + deepest + " levels."
                        : "the text holds too many values, or one that is too long.",
                "Give the gateway's JSON only.");
    }

    private static String unclosed(String words, JsonStreamContext open) {
        if (words.contains("quote")) {
            return "a string is not closed";
        }
        if (words.contains("comment")) {
            return "a comment is not closed";
        }
        if (open.inRoot()) {
            return "a value is not complete";
        }
        int line = open.startLocation(ContentReference.unknown()).getLineNr();
        return "the " + (open.inArray() ? "array" : "object") + " that begins at line " + line + " is not closed";
    }

    private static String standing(String text, int offset) {
        if (text.charAt(offset) == '"') {
            int close = text.indexOf('"', offset + 1);
            return "the text " + Wording.quote(text.substring(offset + 1, close < 0 ? text.length() : close));
        }
        String word = word(text, offset);
        return word.isEmpty() ? "'" + Character.toString(text.codePointAt(offset)) + "'" : Wording.quote(word);
    }

    private static String expected(String text, int offset, JsonStreamContext open) {
        char before = lastBefore(text, offset);
        if (open.inRoot()) {
            return before == 0 ? "an object or another JSON value" : "the end of the text";
        }
        if (before == ':') {
            return "a value";
        }
        if (open.inArray()) {
            return before == '[' || before == ',' ? "a value or ']'" : "',' or ']'";
        }
        if (before == '{' || before == ',') {
            return "a name in double quotes or '}'";
        }
        return open.hasCurrentName() && isBehindName(text, offset, open) ? "':'" : "',' or '}'";
    }

    /** Whether the last string is the member's name and not its value: then no colon follows it before this place. */
    private static boolean isBehindName(String text, int offset, JsonStreamContext open) {
        String name = '"' + open.getCurrentName() + '"';
        return text.substring(0, offset).stripTrailing().endsWith(name)
                && lastBefore(text, text.lastIndexOf(name, offset)) != ':';
    }

    private static String cure(String text, int offset, String expected) {
        char standing = text.charAt(offset);
        @Nullable String literal = WORDS.get(word(text, offset).toLowerCase(Locale.ROOT));
        if (literal != null && expected.startsWith("a value")) {
            return "Write " + literal + " in lower case.";
        }
        if ("'\u2018\u2019\u201C\u201D\u201E\u00AB\u00BB".indexOf(standing) >= 0) {
            return "Write straight double quotes: \".";
        }
        if (expected.startsWith("','") && (standing == '"' || standing == '{' || standing == '[')) {
            return "Put a comma before it.";
        }
        return ANY;
    }

    private static String word(String text, int offset) {
        int end = offset;
        while (end < text.length() && end - offset < LONGEST_WORD && isWordCharacter(text.charAt(end))) {
            end++;
        }
        return text.substring(offset, end);
    }

    private static char lastBefore(String text, int offset) {
        int i = offset - 1;
        while (i >= 0 && Character.isWhitespace(text.charAt(i))) {
            i--;
        }
        return i < 0 ? 0 : text.charAt(i);
    }

    private static boolean isWordCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }
}
