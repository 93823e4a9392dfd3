package dev.gatehouse.admin;

import dev.gatehouse.model.Gateway;
import dev.gatehouse.upstream.UpstreamPool;
import java.util.List;
import java.util.Optional;

/** The gateway as it runs now. Thread-safe; two calls may see the configuration before and after a reload. */
public interface LiveGateway {
    /**
     * Whether it may be given traffic (PRB-11).
     *
     * @return why it may not, one sentence; empty if it is ready
     */
    Optional<String> whyNotReady();

    /**
     * The configuration in force.
     *
     * @return what Azure has
     */
    Gateway gateway();

    /**
     * All pairs of pool and settings that rules lead to, and those that drain.
     *
     * @return in the order of the report (PRB-20)
     */
    List<UpstreamPool> pools();
}
