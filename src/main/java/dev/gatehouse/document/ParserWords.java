package dev.gatehouse.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What the parser says of a text, without what it says of itself. Stateless. */
final class ParserWords {
    private static final Pattern SOURCE = Pattern.compile("\\[Source:[^\\]]*?; line: (\\d+), column: (\\d+)]");
    private static final Pattern SETTING = Pattern.compile(",? from `[^`]*`");

    private ParserWords() {}

    /** The cause as a sentence. */
    static String cause(JsonProcessingException e) {
        String words = SOURCE.matcher(e.getOriginalMessage()).replaceAll("line $1, column $2");
        words = SETTING.matcher(words).replaceAll("");
        return words.endsWith(".") ? words : words + ".";
    }
}
