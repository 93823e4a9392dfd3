package dev.gatehouse.model;

import java.util.List;

/**
 * Spreads requests over several pools (section 4.16, REQ-36): the members of all its targets form one set. Immutable.
 *
 * @param name unique name
 * @param algorithm how a member is chosen; default round robin
 * @param targets the pools with their weights
 */
public record LoadDistributionPolicy(String name, Algorithm algorithm, List<WeightedPool> targets) {
    public LoadDistributionPolicy {
        Checks.named("loadDistributionPolicies.name", name);
        targets = List.copyOf(targets);
    }

    /** How a member is chosen. */
    public enum Algorithm {
        /** In turn, by weight. */
        ROUND_ROBIN,
        /** Fewest requests and sessions in flight, divided by weight. */
        LEAST_CONNECTIONS,
        /** By a hash of the client's address. */
        IP_HASH
    }

    /**
     * A pool of a policy. Immutable.
     *
     * @param pool its members take part
     * @param weightPerServer weight of each of them, 1-100; default 1
     */
    public record WeightedPool(BackendAddressPool pool, int weightPerServer) {
        public WeightedPool {
            Checks.inRange("weightPerServer", weightPerServer, 1, 100);
        }
    }
}
