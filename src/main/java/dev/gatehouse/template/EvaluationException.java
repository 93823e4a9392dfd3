package dev.gatehouse.template;

/** An expression that has no value because it is wrong; carries cause and cure for the user. */
final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String cure;

    /**
     * A fault.
     *
     * @param offset in characters from the start of the expression's text, the opening bracket included
     * @param message the cause, one sentence
     * @param cure what to do about it
     */
    EvaluationException(int offset, String message, String cure) {
        super(message, null, false, false);
        this.offset = offset;
        this.cure = cure;
    }

    int offset() {
        return offset;
    }

    String cure() {
        return cure;
    }
}
