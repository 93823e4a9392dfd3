package dev.gatehouse.proxy;

import java.io.IOException;

/** Tells a client that cannot be written to from a backend that cannot be read from. */
final class ClientWriteException extends IOException {
    private static final long serialVersionUID = 1;

    ClientWriteException(IOException cause) {
        super(cause);
    }
}
