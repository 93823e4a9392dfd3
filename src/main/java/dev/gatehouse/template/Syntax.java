package dev.gatehouse.template;

import java.util.List;
import java.util.Optional;

/** A parsed expression. Immutable. */
sealed interface Syntax {
    /** Index of its first character in the expression's text. */
    int start();

    /** Index behind its last character. */
    int end();

    /** A string. */
    record Text(int start, int end, String value) implements Syntax {}

    /** A whole number. */
    record Whole(int start, int end, long value) implements Syntax {}

    /**
     * A call.
     *
     * @param namespace of a function that the template defines; none for Azure's own
     */
    record Invocation(int start, int end, Optional<String> namespace, String name, List<Syntax> arguments)
            implements Syntax {
        public Invocation {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A member of an object or an element of an array.
     *
     * @param key a {@link Text} for {@code .x}
     * @param isSafe whether an absent one is null instead of a fault
     */
    record Access(int start, int end, Syntax target, Syntax key, boolean isSafe) implements Syntax {}
}
