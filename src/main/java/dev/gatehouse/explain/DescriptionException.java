package dev.gatehouse.explain;

/** A description that describes no request which a client could send. The message says what is wrong and what to write. */
public final class DescriptionException extends Exception {
    private static final long serialVersionUID = 1;

    DescriptionException(String message) {
        super(message);
    }
}
