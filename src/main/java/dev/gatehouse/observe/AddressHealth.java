package dev.gatehouse.observe;

import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.ProbeRecord;
import dev.gatehouse.upstream.Upstream;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one address of a member at one moment. Immutable.
 *
 * @param upstream which one
 * @param health what it was then
 * @param lastProbe what its last probe found; empty before the first one ended
 * @param lastChange when its health last changed; empty if it never did, or if nobody keeps watch
 */
public record AddressHealth(
        Upstream upstream, Health health, Optional<ProbeRecord> lastProbe, Optional<Instant> lastChange) {

    /**
     * What periodic probes last said.
     *
     * @param upstream one address of a member
     * @return its state now
     */
    public static AddressHealth of(Upstream upstream) {
        return new AddressHealth(upstream, upstream.health(), upstream.lastProbe(), upstream.lastChange());
    }

    /**
     * The report's {@code healthProbeLog} (PRB-21).
     *
     * @return why its health is what it is, in plain words
     */
    public String log() {
        if (health == Health.DRAINING) {
            return "Removed from the pool and not probed any more; requests and sessions still running: "
                    + upstream.inFlight() + ".";
        }
        return lastProbe.map(ProbeRecord::log).orElse("Not probed yet; it takes no traffic before it has answered.");
    }

    /**
     * The report's {@code healthProbeErrorName} (PRB-21).
     *
     * @return empty if no probe decides about it
     */
    public Optional<String> errorName() {
        return lastProbe.filter(probe -> health != Health.DRAINING).map(ProbeRecord::errorName);
    }
}
