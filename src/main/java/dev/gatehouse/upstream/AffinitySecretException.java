package dev.gatehouse.upstream;

/** The secret behind affinity cookies is named and cannot be had (REQ-35). The message has place, cause and cure. */
public final class AffinitySecretException extends Exception {
    private static final long serialVersionUID = 1;

    AffinitySecretException(String place, String cause, String cure) {
        super("local file, " + place + ": " + cause + ". " + cure + " [REQ-35]");
    }
}
