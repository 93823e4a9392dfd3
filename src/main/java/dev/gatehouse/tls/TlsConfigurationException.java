package dev.gatehouse.tls;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Key material or trust that cannot be used; the message names the object, the cause and, where known, the cure. */
public final class TlsConfigurationException extends Exception {
    private static final long serialVersionUID = 1;

    private final @Nullable Fault fault;

    /** Which setting has to change. */
    public enum Part {
        /** {@code data} of the gateway file. */
        DATA,
        /** {@code password} of the gateway file. */
        PASSWORD,
        /** An entry of the local file. */
        LOCAL
    }

    /**
     * The same in parts, for reports that know the place. Immutable.
     *
     * @param part which setting has to change
     * @param reason a sentence
     * @param cure a sentence
     */
    public record Fault(Part part, String reason, String cure) implements Serializable {}

    TlsConfigurationException(String object, Fault fault, Throwable cause) {
        super(object + " cannot be used: " + fault.reason() + " " + fault.cure(), cause);
        this.fault = fault;
    }

    /**
     * Creates one.
     *
     * @param message object, cause and cure
     * @param cause what was thrown below
     */
    public TlsConfigurationException(String message, Throwable cause) {
        super(message, cause);
        this.fault = null;
    }

    /**
     * Creates one without a cause below.
     *
     * @param message object, cause and cure
     */
    public TlsConfigurationException(String message) {
        super(message);
        this.fault = null;
    }

    /**
     * The message in parts.
     *
     * @return present if one setting of one object is to blame
     */
    public Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }
}
