package dev.gatehouse.rewrite;

import com.google.re2j.Matcher;
import dev.gatehouse.model.RewriteValue;
import dev.gatehouse.model.RewriteValue.Part;
import dev.gatehouse.model.RewriteVariable;
import dev.gatehouse.model.RewriteVariable.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value with holes, ready to be filled (REQ-31). Immutable, thread-safe. */
final class Template {
    private final List<Piece> pieces;

    /**
     * The field that a matcher has chosen to be changed.
     *
     * @param value what it holds now
     * @param groups of the matcher's pattern; null if it chose what its pattern is not found in
     */
    record Matched(String value, @Nullable Matcher groups) {}

    /** A part of the text. */
    @FunctionalInterface
    private interface Piece {
        String of(Message message, Captures captures, @Nullable Matched matched);
    }

    Template(RewriteValue value) {
        this(value, "");
    }

    /**
     * Takes a value apart.
     *
     * @param own name of the answer's header that a matcher chooses from: where the value inserts it, that one field is
     *     meant, for cookies cannot be joined (RFC 9110 §5.3); empty if there is no matcher
     */
    Template(RewriteValue value, String own) {
        pieces = value.parts().stream().map(part -> piece(part, own)).toList();
    }

    private static Piece piece(Part part, String own) {
        if (part instanceof Part.Value inserted) {
            RewriteVariable variable = inserted.variable();
            ValueSource source = ValueSource.of(variable);
            boolean isOwn = variable.source() == Source.RESPONSE_HEADER
                    && variable.name().equalsIgnoreCase(own);
            return (message, captures, matched) -> isOwn && matched != null ? matched.value() : source.of(message);
        }
        if (part instanceof Part.Capture capture) {
            return (message, captures, matched) -> captures.of(capture.condition(), capture.group());
        }
        if (part instanceof Part.MatcherCapture capture) {
            return (message, captures, matched) -> group(matched, capture.group());
        }
        String literal = WireText.of(((Part.Literal) part).text());
        return (message, captures, matched) -> literal;
    }

    private static String group(@Nullable Matched matched, int group) {
        @Nullable Matcher groups = matched == null ? null : matched.groups();
        @Nullable String text = groups == null || group > groups.groupCount() ? null : groups.group(group);
        return text == null ? "" : text;
    }

    String fill(Message message, Captures captures) {
        return fill(message, captures, null);
    }

    /**
     * The text.
     *
     * @param matched the field that a matcher has chosen, or null
     */
    String fill(Message message, Captures captures, @Nullable Matched matched) {
        if (pieces.size() == 1) {
            return pieces.get(0).of(message, captures, matched);
        }
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            text.append(piece.of(message, captures, matched));
        }
        return text.toString();
    }
}
