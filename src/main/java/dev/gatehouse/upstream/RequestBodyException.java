package dev.gatehouse.upstream;

import java.io.IOException;

/** The client's request body could not be read: the client is to blame, not the backend it was being sent to. */
public final class RequestBodyException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Creates one.
     *
     * @param cause what reading from the client threw
     */
    public RequestBodyException(IOException cause) {
        super(cause);
    }
}
