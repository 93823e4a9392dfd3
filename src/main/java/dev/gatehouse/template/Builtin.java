package dev.gatehouse.template;

import dev.gatehouse.document.Node;

/**
 * A function of the template language. Immutable.
 *
 * @param name as the documentation writes it
 * @param least fewest arguments
 * @param most most arguments
 * @param takesOpen whether the body deals with open and unevaluated arguments itself; if not, it is called only with
 *     known ones, and an open one makes the result open
 * @param body what it does
 */
record Builtin(String name, int least, int most, boolean takesOpen, Body body) {
    /** For functions with any number of arguments. */
    static final int ANY = Integer.MAX_VALUE;

    /** What a function does with its arguments. */
    @FunctionalInterface
    interface Body {
        Node of(Arguments arguments);
    }

    /** A function over known values. */
    static Builtin known(String name, int least, int most, Body body) {
        return new Builtin(name, least, most, false, body);
    }

    /** A function that copes with open values, or evaluates only some of its arguments. */
    static Builtin free(String name, int least, int most, Body body) {
        return new Builtin(name, least, most, true, body);
    }

    Node call(Arguments arguments) {
        if (!takesOpen) {
            boolean isOpen = false;
            for (int i = 0; i < arguments.count(); i++) {
                isOpen |= arguments.isOpen(i);
            }
            if (isOpen) {
                return arguments.open();
            }
        }
        return body.of(arguments);
    }

    /** The name in holes and messages; the many functions that begin with {@code list} keep their own. */
    String nameFor(String written) {
        return name.equals(Builtins.LIST) ? written : name;
    }

    /** For a message, for example {@code 2 or 3 arguments}. */
    String expectation() {
        if (most == ANY) {
            return "at least " + arguments(least);
        }
        if (least == most) {
            return least == 0 ? "no arguments" : arguments(least);
        }
        return least + (most == least + 1 ? " or " : " to ") + arguments(most);
    }

    private static String arguments(int count) {
        return count + (count == 1 ? " argument" : " arguments");
    }
}
