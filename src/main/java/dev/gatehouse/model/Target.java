package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a rule, path rule or map default leads (REQ-23). Immutable. */
public sealed interface Target {
    /** To backends, all of them spoken to in one way. Immutable. */
    sealed interface Backends extends Target {
        /**
         * How they are spoken to.
         *
         * @return one settings entry
         */
        BackendHttpSettings settings();

        /**
         * The pairs of pool and settings it leads to, each of which is probed for itself (PRB-1).
         *
         * @return at least one, in file order
         */
        List<Forward> pairs();
    }

    /**
     * To the members of a pool. A pair that several rules name is probed and counted once (PRB-1).
     *
     * @param pool the backends
     * @param settings how they are spoken to
     */
    record Forward(BackendAddressPool pool, BackendHttpSettings settings) implements Backends {
        @Override
        public List<Forward> pairs() {
            return List.of(this);
        }
    }

    /**
     * To the members of several pools (REQ-36).
     *
     * @param policy the pools and how requests are spread over them
     * @param settings how their members are spoken to
     * @param pool the pool that stands beside the policy in the file; the policy is what counts
     */
    record Distribute(
            LoadDistributionPolicy policy,
            BackendHttpSettings settings,
            @Nullable BackendAddressPool pool) implements Backends {
        @Override
        public List<Forward> pairs() {
            return policy.targets().stream()
                    .map(target -> new Forward(target.pool(), settings))
                    .toList();
        }
    }

    /**
     * Back to the client with a 3xx.
     *
     * @param configuration which one
     */
    record Redirect(RedirectConfiguration configuration) implements Target {}
}
