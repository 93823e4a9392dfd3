package dev.gatehouse.exchange;

import java.io.IOException;

/** A client's body went beyond {@code limits.body} while it was read (REQ-3). */
public final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Creates it.
     *
     * @param maxBodyBytes the limit
     */
    public BodyTooLargeException(long maxBodyBytes) {
        super("body beyond " + maxBodyBytes + " bytes");
    }
}
