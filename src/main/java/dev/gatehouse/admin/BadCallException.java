package dev.gatehouse.admin;

import java.util.List;

/** A call that cannot be carried out as it is written. */
final class BadCallException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    /**
     * Creates one.
     *
     * @param problems everything that is wrong with it, each one sentence with what is expected
     */
    BadCallException(List<String> problems) {
        super(String.join(" ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
