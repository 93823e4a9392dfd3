package dev.gatehouse.proxy;

import java.io.IOException;

/** The application is going away: what a client still sends would be read by nobody. Immutable. */
final class StoppingException extends IOException {
    private static final long serialVersionUID = 1;

    StoppingException() {
        super("the gateway is stopping");
    }
}
