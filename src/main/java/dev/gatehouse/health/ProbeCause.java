package dev.gatehouse.health;

/** Why a probe ended as it did, one constant for each cause that operators tell apart (PRB-21). */
public enum ProbeCause {
    /** Answered as it should. */
    SUCCESS("SuccessWithStatusCode"),
    /** A status that {@code match.statusCodes} does not hold. */
    STATUS_MISMATCH("HttpStatusCodeMismatchWithStatusCode"),
    /** A body without the text of {@code match.body}. */
    BODY_MISMATCH("HttpResponseBodyMismatch"),
    /** A WebSocket handshake that was accepted, but not by its rules. */
    HANDSHAKE_MISMATCH("ServerNotReachable"),
    /** Not finished within the probe's time-out. */
    TIMEOUT("Timeout"),
    /** The connection was refused. */
    PORT_NOT_REACHABLE("PortNotReachable"),
    /** No route to the address. */
    ADDRESS_NOT_REACHABLE("AddressNotReachable"),
    /** The connection broke, or what came was not HTTP. */
    SERVER_NOT_REACHABLE("ServerNotReachable"),
    /** The TLS handshake failed for a reason other than the certificate. */
    TLS_FAILED("BackendSecureConnectionError"),
    /** The certificate is for another name. */
    CERTIFICATE_NAME("BackendCertInvalidCN"),
    /** The certificate does not end in one of the uploaded roots. */
    CERTIFICATE_ROOT("BackendServerCertificateNotTrustedByRootCertificates"),
    /** The certificate does not end in a public root, and none was uploaded. */
    CERTIFICATE_ISSUER("BackendCertInvalidCA"),
    /** The certificate is expired or not yet valid, its chain is incomplete or out of order, or it is wrong otherwise. */
    CERTIFICATE_INVALID("CertVerificationFailed"),
    /** The gateway itself failed. */
    INTERNAL("Unknown");

    private final String azureName;

    ProbeCause(String azureName) {
        this.azureName = azureName;
    }

    /**
     * The name in the health report.
     *
     * @return for example {@code Timeout}
     */
    public String azureName() {
        return azureName;
    }

    boolean isSuccess() {
        return this == SUCCESS;
    }
}
