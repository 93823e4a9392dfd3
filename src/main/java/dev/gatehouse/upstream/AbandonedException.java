package dev.gatehouse.upstream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A wait for a backend was given up, because nobody wants the answer any more (REQ-38, client gone first). */
public final class AbandonedException extends IOException {
    private static final long serialVersionUID = 1;

    /** Creates one. */
    public AbandonedException() {
        super("nobody waits for the answer");
    }

    /**
     * Whether a failure was such an end; TLS wraps what its socket threw.
     *
     * @param thrown what reading from a backend threw
     * @return true if it, or a cause of it, is one
     */
    public static boolean isCauseOf(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AbandonedException) {
                return true;
            }
        }
        return false;
    }
}
