package dev.gatehouse.tls;

import java.security.cert.CertificateException;

/** A backend's certificate was refused, and why, in the words that operators know (health-probes.md section 7). */
public final class BackendCertificateException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final String predicate;

    /** What is wrong with it. */
    public enum Fault {
        /** It is for another name. */
        NAME,
        /** It, or one of its issuers, is expired or not yet valid. */
        DATE,
        /** It came without the certificate of its issuer. */
        INTERMEDIATE_MISSING,
        /** Only certificates of issuers came. */
        LEAF_MISSING,
        /** The backend's own certificate is not the first of its chain. */
        LEAF_NOT_FIRST,
        /** No root was uploaded, and it ends in no public one. */
        NOT_PUBLIC,
        /** It ends in none of the roots that were uploaded. */
        NOT_UPLOADED,
        /** Anything else. */
        OTHER
    }

    BackendCertificateException(Fault fault, String predicate, CertificateException cause) {
        super("the certificate " + predicate, cause);
        this.fault = fault;
        this.predicate = predicate;
    }

    /**
     * What is wrong.
     *
     * @return the kind of fault
     */
    public Fault fault() {
        return fault;
    }

    /**
     * What is wrong, to follow the words "the certificate of ...".
     *
     * @return for example {@code is not for the name a.test: it is for b.test}
     */
    public String predicate() {
        return predicate;
    }
}
