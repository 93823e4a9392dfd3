package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/** Where a rule, path rule or map default leads (REQ-23). Immutable. */
public sealed interface Target {
    /**
     * To the members of a pool. A pair that several rules name is probed and counted once (PRB-1).
     *
     * @param pool the backends
     * @param settings how they are spoken to
     */
    record Forward(BackendAddressPool pool, BackendHttpSettings settings) implements Target {}

    /**
     * To the members of several pools (REQ-36).
     *
     * @param policy the pools and how requests are spread over them
     * @param settings how their members are spoken to
     * @param pool the pool that stands beside the policy in the file; serves where policies are not applied
     */
    record Distribute(
            LoadDistributionPolicy policy,
            BackendHttpSettings settings,
            @Nullable BackendAddressPool pool) implements Target {}

    /**
     * Back to the client with a 3xx.
     *
     * @param configuration which one
     */
    record Redirect(RedirectConfiguration configuration) implements Target {}
}
