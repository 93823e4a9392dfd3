package dev.gatehouse.health;

import dev.gatehouse.health.ProbeState.Outcome;

/** Why a probe ended as it did, one constant for each cause that operators tell apart (PRB-21). */
public enum ProbeCause {
    /** Answered as it should. */
    SUCCESS("SuccessWithStatusCode", Outcome.SUCCESS),
    /** A status that {@code match.statusCodes} does not hold. */
    STATUS_MISMATCH("HttpStatusCodeMismatchWithStatusCode", Outcome.FAILURE),
    /** A body without the text of {@code match.body}. */
    BODY_MISMATCH("HttpResponseBodyMismatch", Outcome.FAILURE),
    /** Not finished within the probe's time-out. */
    TIMEOUT("Timeout", Outcome.FAILURE),
    /** The name has no address. */
    NAME_NOT_RESOLVED("HostNameNotResolved", Outcome.UNRESOLVED),
    /** The connection was refused. */
    PORT_NOT_REACHABLE("PortNotReachable", Outcome.FAILURE),
    /** No route to the address. */
    ADDRESS_NOT_REACHABLE("AddressNotReachable", Outcome.FAILURE),
    /** The connection broke, or what came was not HTTP. */
    SERVER_NOT_REACHABLE("ServerNotReachable", Outcome.FAILURE),
    /** The TLS handshake failed for a reason other than the certificate. */
    TLS_FAILED("BackendSecureConnectionError", Outcome.FAILURE),
    /** The certificate is for another name. */
    CERTIFICATE_NAME("BackendCertInvalidCN", Outcome.FAILURE),
    /** The certificate does not end in one of the uploaded roots. */
    CERTIFICATE_ROOT("BackendServerCertificateNotTrustedByRootCertificates", Outcome.FAILURE),
    /** The certificate does not end in a public root, and none was uploaded. */
    CERTIFICATE_ISSUER("BackendCertInvalidCA", Outcome.FAILURE),
    /** The certificate is expired, not yet valid, or wrong in another way. */
    CERTIFICATE_INVALID("CertVerificationFailed", Outcome.FAILURE),
    /** The gateway itself failed. */
    INTERNAL("Unknown", Outcome.FAILURE);

    private final String azureName;
    private final Outcome outcome;

    ProbeCause(String azureName, Outcome outcome) {
        this.azureName = azureName;
        this.outcome = outcome;
    }

    /**
     * The name in the health report.
     *
     * @return for example {@code Timeout}
     */
    public String azureName() {
        return azureName;
    }

    Outcome outcome() {
        return outcome;
    }
}
