package dev.gatehouse.upstream;

import java.io.IOException;

/** A pooled connection turned out to be of no use before anything was sent on it: any request may use another. */
public final class StaleConnectionException extends IOException {
    private static final long serialVersionUID = 1;

    StaleConnectionException(String message) {
        super(message);
    }
}
