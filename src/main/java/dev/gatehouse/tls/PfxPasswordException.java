package dev.gatehouse.tls;

import java.security.GeneralSecurityException;

/** The password, not the file, is at fault. */
final class PfxPasswordException extends GeneralSecurityException {
    private static final long serialVersionUID = 1;

    PfxPasswordException(String message, Throwable cause) {
        super(message, cause);
    }
}
