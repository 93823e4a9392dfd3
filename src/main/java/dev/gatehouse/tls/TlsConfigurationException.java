package dev.gatehouse.tls;

/** Key material or trust that cannot be used; the message names the object, the cause and, where known, the cure. */
public final class TlsConfigurationException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Creates one.
     *
     * @param message object, cause and cure
     * @param cause what was thrown below
     */
    public TlsConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Creates one without a cause below.
     *
     * @param message object, cause and cure
     */
    public TlsConfigurationException(String message) {
        super(message);
    }
}
