package dev.gatehouse.health;

/** How far a probe has come; says what it was waiting for when its time ran out. */
enum ProbePhase {
    CONNECT("no TCP connection to %s"),
    TLS("the TLS handshake with %s was not finished"),
    HEAD("%s took the connection but sent no complete response head"),
    BODY("%s sent a response head but not the end of the body");

    private final String waiting;

    ProbePhase(String waiting) {
        this.waiting = waiting;
    }

    ProbeResult expired(ProbeRequest request) {
        String sentence = "Time-out: " + waiting.replace("%s", request.address()) + " within the probe's time-out of "
                + request.timing().timeout().toMillis() / 1000.0 + " s.";
        return new ProbeResult(ProbeCause.TIMEOUT, sentence);
    }
}
