package dev.gatehouse.model;

/**
 * Whether and how clients must show a certificate (TLS-30 to TLS-34). Immutable.
 *
 * @param mode default Off; Strict as soon as a profile names client CAs or asks for a check
 * @param verifyClientCertIssuerDn whether the issuer must be the one of the uploaded file (TLS-33); default false
 * @param verifyClientRevocation whether revocation is asked for (TLS-34); default None
 */
public record ClientAuthentication(Mode mode, boolean verifyClientCertIssuerDn, Revocation verifyClientRevocation) {
    /** Clients are not asked. */
    public static final ClientAuthentication OFF = new ClientAuthentication(Mode.OFF, false, Revocation.NONE);

    /** What is asked of a client. */
    public enum Mode {
        /** Nothing. */
        OFF,
        /** A certificate that ends in a trusted client CA; 400 otherwise (TLS-31). */
        STRICT,
        /** A certificate, whichever; the backend decides (TLS-32). */
        PASSTHROUGH
    }

    /** How a revoked certificate is noticed. */
    public enum Revocation {
        /** It is not. */
        NONE,
        /** By the responder that the certificate names. */
        OCSP
    }
}
