package dev.gatehouse.template;

import dev.gatehouse.document.Extent;
import dev.gatehouse.document.Node;

/**
 * What the evaluations of one load may cost together, so that no file can hang the reader or fill the memory: work in
 * steps (one for each call, element and four characters), depth, and the size of one value. Confined to one load.
 */
final class Budget {
    static final int LONGEST_TEXT = 1024 * 1024;
    static final int MOST_ELEMENTS = 100_000;
    private static final long MOST_STEPS = 1_000_000;
    private static final int DEEPEST_EVALUATION = 250;
    private static final int DEEPEST_VALUE = 200;
    private static final long MOST_NODES = 1_000_000;
    private static final int CHARACTERS_PER_STEP = 4;
    /** Comparing characters is far cheaper than making them. */
    private static final int COMPARISONS_PER_STEP = 256;

    private long stepsLeft;
    private int depth;

    Budget() {
        this(MOST_STEPS);
    }

    Budget(long steps) {
        this.stepsLeft = steps;
    }

    void spend(long steps, int offset) {
        stepsLeft -= Math.min(steps, MOST_STEPS);
        if (stepsLeft < 0) {
            throw new EvaluationException(
                    offset,
                    "the expressions of this file need more work than any real template.",
                    "Look for a loop or a range() with too large a count, or for values that repeat each other.");
        }
    }

    /** For looking for a word in a text. */
    void spendSearch(int text, int word, int offset) {
        spend((long) text * Math.max(1, word) / COMPARISONS_PER_STEP + 1, offset);
    }

    /** Before a text of this length is made. */
    void spendText(long length, int offset) {
        if (length > LONGEST_TEXT) {
            throw new EvaluationException(
                    offset,
                    "the text would be longer than " + LONGEST_TEXT + " characters.",
                    "Look for values that repeat each other.");
        }
        spend(length / CHARACTERS_PER_STEP, offset);
    }

    /** Before an array of this length is made. */
    void spendArray(long length, int offset) {
        if (length > MOST_ELEMENTS) {
            throw new EvaluationException(
                    offset, "the array would have more than " + MOST_ELEMENTS + " elements.", "Make it shorter.");
        }
        spend(length, offset);
    }

    /** Bounds what walks over values, here and in the rooms above. */
    Node checked(Node value, int offset) {
        Extent extent = value.extent();
        if (extent.depth() > DEEPEST_VALUE || extent.nodes() > MOST_NODES) {
            throw new EvaluationException(
                    offset,
                    "the value is nested deeper than " + DEEPEST_VALUE + " levels or has more than " + MOST_NODES
                            + " parts.",
                    "Look for values that repeat or contain each other.");
        }
        return value;
    }

    void enter(int offset) {
        if (depth >= DEEPEST_EVALUATION) {
            throw new EvaluationException(
                    offset,
                    "expressions lead into each other over more than " + DEEPEST_EVALUATION + " levels.",
                    "Look for a function or variable that leads back to itself.");
        }
        depth++;
    }

    void leave() {
        depth--;
    }
}
