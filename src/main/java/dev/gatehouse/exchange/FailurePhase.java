package dev.gatehouse.exchange;

/** Where on its way to a backend and back an exchange failed. */
public enum FailurePhase {
    /** Choosing a member. */
    SELECT("choosing a member"),
    /** Looking up its name. */
    DNS("looking up its name"),
    /** Connecting. */
    CONNECT("connecting"),
    /** The TLS handshake. */
    TLS("TLS handshake"),
    /** Sending the request. */
    WRITE("sending the request"),
    /** Waiting for the head of the answer. */
    FIRST_BYTE("waiting for the answer"),
    /** Reading the answer's body. */
    BODY("reading the answer");

    private final String words;

    FailurePhase(String words) {
        this.words = words;
    }

    /**
     * The phase in plain words.
     *
     * @return what the gateway was doing
     */
    public String words() {
        return words;
    }
}
