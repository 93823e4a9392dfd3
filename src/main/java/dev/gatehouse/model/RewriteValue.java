package dev.gatehouse.model;

import java.util.List;

/**
 * A text with holes that are filled per exchange (REQ-31), taken apart when the configuration is read. Immutable.
 *
 * @param text as written
 * @param parts what it consists of, in order; empty for the empty text
 */
public record RewriteValue(String text, List<Part> parts) {
    public RewriteValue {
        parts = List.copyOf(parts);
    }

    /** A piece of the text. */
    public sealed interface Part {
        /**
         * Inserted as it is.
         *
         * @param text at least one character
         */
        record Literal(String text) implements Part {}

        /**
         * The value of a variable, empty if there is none.
         *
         * @param variable which one
         */
        record Value(RewriteVariable variable) implements Part {}

        /**
         * What a group of a condition of the same rule has matched, empty if nothing.
         *
         * @param condition its index in {@link RewriteRule#conditions()}
         * @param group from 1, never more than the pattern's groups
         */
        record Capture(int condition, int group) implements Part {}

        /**
         * What the matcher of the same header change has matched, empty if nothing.
         *
         * @param group from 1, never more than the pattern's groups; 0 for all that matched
         */
        record MatcherCapture(int group) implements Part {}
    }
}
