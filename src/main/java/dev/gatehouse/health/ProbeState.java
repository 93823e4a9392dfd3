package dev.gatehouse.health;

import dev.gatehouse.upstream.Health;

/**
 * What a run of probes has made of one member (PRB-10). Immutable; pure.
 *
 * @param health what the member is now
 * @param failures failed probes in a row, 0 after a success
 */
record ProbeState(Health health, int failures) {

    /** What one probe means for the state. */
    enum Outcome {
        /** Answered as it should. */
        SUCCESS,
        /** Did not. */
        FAILURE,
        /** Its name has no address, so nobody could be asked (PRB-14). */
        UNRESOLVED
    }

    ProbeState after(Outcome outcome, int unhealthyThreshold) {
        return switch (outcome) {
            case SUCCESS -> new ProbeState(Health.HEALTHY, 0);
            case FAILURE -> new ProbeState(afterFailure(unhealthyThreshold), failures + 1);
            case UNRESOLVED -> new ProbeState(Health.UNKNOWN, 0);
        };
    }

    // Only a healthy member has credit to lose: an unknown one goes down at its first failure.
    private Health afterFailure(int unhealthyThreshold) {
        return health == Health.HEALTHY && failures + 1 < unhealthyThreshold ? Health.HEALTHY : Health.UNHEALTHY;
    }
}
