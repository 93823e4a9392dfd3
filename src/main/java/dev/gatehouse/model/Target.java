package dev.gatehouse.model;

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
     * Back to the client with a 3xx.
     *
     * @param configuration which one
     */
    record Redirect(RedirectConfiguration configuration) implements Target {}
}
