package dev.gatehouse.health;

import java.time.Duration;

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
        return new ProbeResult(
                ProbeCause.TIMEOUT,
                expired(
                        request.address(),
                        "the probe's time-out",
                        request.timing().timeout()));
    }

    /** What is said when time ran out in it. */
    String expired(String address, String limit, Duration length) {
        return "Time-out: " + waiting.replace("%s", address) + " within " + limit + " of " + length.toMillis() / 1000.0
                + " s.";
    }
}
