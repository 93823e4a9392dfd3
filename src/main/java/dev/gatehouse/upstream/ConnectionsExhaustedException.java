package dev.gatehouse.upstream;

import java.io.IOException;

/** Every connection to a backend was in use for too long. */
public final class ConnectionsExhaustedException extends IOException {
    private static final long serialVersionUID = 1;

    ConnectionsExhaustedException(String message, Throwable cause) {
        super(message, cause);
    }
}
