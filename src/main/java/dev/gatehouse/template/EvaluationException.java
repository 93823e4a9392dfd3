package dev.gatehouse.template;

import dev.gatehouse.document.Place;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An expression that has no value because it is wrong; carries place, cause and cure for the user. */
final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String cure;
    private final transient @Nullable Place place;

    /**
     * A fault.
     *
     * @param offset in characters from the start of the expression's text, the opening bracket included
     * @param message the cause, one sentence
     * @param cure what to do about it
     */
    EvaluationException(int offset, String message, String cure) {
        this(offset, message, cure, null);
    }

    private EvaluationException(int offset, String message, String cure, @Nullable Place place) {
        super(message, null, false, false);
        this.offset = offset;
        this.cure = cure;
        this.place = place;
    }

    int offset() {
        return offset;
    }

    /** The cause. */
    String cause() {
        return String.valueOf(getMessage());
    }

    String cure() {
        return cure;
    }

    /** The faulty character's line and column; always there once the fault has left {@link Evaluator#evaluate}. */
    Optional<Place> place() {
        return Optional.ofNullable(place);
    }

    /** This fault at the string whose expression it is in; a fault from a string further inside keeps its place. */
    EvaluationException in(Place string) {
        return place == null ? new EvaluationException(offset, cause(), cure, string.inside(offset)) : this;
    }
}
