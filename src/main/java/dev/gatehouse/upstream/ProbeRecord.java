package dev.gatehouse.upstream;

import java.time.Duration;
import java.time.Instant;

/**
 * What the last probe of an {@link Upstream} found (PRB-20). Immutable.
 *
 * @param errorName the report's name of the cause (PRB-21), for example {@code Timeout}
 * @param log the report's {@code healthProbeLog}: cause, limit and address in plain words
 * @param ended when it ended
 * @param latency from its start to its end
 * @param consecutiveFailures failed probes in a row, this one included; 0 after a success
 */
public record ProbeRecord(String errorName, String log, Instant ended, Duration latency, int consecutiveFailures) {
    /** A name without an address was never probed: nobody could be asked (PRB-14). */
    static ProbeRecord unresolved(String log) {
        return new ProbeRecord("HostNameNotResolved", log, Instant.now(), Duration.ZERO, 0);
    }
}
