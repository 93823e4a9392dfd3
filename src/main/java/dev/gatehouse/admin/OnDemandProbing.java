package dev.gatehouse.admin;

import dev.gatehouse.model.Probe;
import dev.gatehouse.observe.AddressHealth;
import dev.gatehouse.upstream.UpstreamPool;
import java.util.List;
import java.util.Optional;

/** Probes that an operator asks for (PRB-22). Thread-safe. */
@FunctionalInterface
public interface OnDemandProbing {
    /**
     * Probes all members of a pair now and waits for them; what periodic probes said stays as it is.
     *
     * @param pool the pair
     * @param probe what to ask, and how long to wait
     * @return what was found, one for each address; empty if the gateway stops meanwhile
     */
    Optional<List<AddressHealth>> probe(UpstreamPool pool, Probe probe);
}
