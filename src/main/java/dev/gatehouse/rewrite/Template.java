package dev.gatehouse.rewrite;

import com.google.re2j.Matcher;
import dev.gatehouse.model.RewriteValue;
import dev.gatehouse.model.RewriteValue.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value with holes, ready to be filled (REQ-31). Immutable, thread-safe. */
final class Template {
    private final List<Piece> pieces;

    /** A part of the text. */
    @FunctionalInterface
    private interface Piece {
        String of(Message message, Captures captures, @Nullable Matcher matched);
    }

    Template(RewriteValue value) {
        pieces = value.parts().stream().map(Template::piece).toList();
    }

    private static Piece piece(Part part) {
        if (part instanceof Part.Value inserted) {
            ValueSource source = ValueSource.of(inserted.variable());
            return (message, captures, matched) -> source.of(message);
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

    private static String group(@Nullable Matcher matched, int group) {
        @Nullable String text = matched == null || group > matched.groupCount() ? null : matched.group(group);
        return text == null ? "" : text;
    }

    String fill(Message message, Captures captures) {
        return fill(message, captures, null);
    }

    /**
     * The text.
     *
     * @param matched what the matcher of the same change has found, or null
     */
    String fill(Message message, Captures captures, @Nullable Matcher matched) {
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
