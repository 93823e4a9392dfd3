package dev.gatehouse.health;

import dev.gatehouse.upstream.Health;

/**
 * What a run of probes has made of one member (PRB-10). Immutable; pure.
 *
 * @param health what the member is now
 * @param failures failed probes in a row, 0 after a success
 */
record ProbeState(Health health, int failures) {

    ProbeState after(boolean isSuccess, int unhealthyThreshold) {
        return isSuccess
                ? new ProbeState(Health.HEALTHY, 0)
                : new ProbeState(afterFailure(unhealthyThreshold), failures + 1);
    }

    // Only a healthy member has credit to lose: an unknown one goes down at its first failure.
    private Health afterFailure(int unhealthyThreshold) {
        return health == Health.HEALTHY && failures + 1 < unhealthyThreshold ? Health.HEALTHY : Health.UNHEALTHY;
    }
}
