package dev.gatehouse.upstream;

/**
 * What decides about health beside the probe itself. Immutable.
 *
 * @param optimisticStart whether a member takes traffic before its first probe has answered (PRB-11)
 * @param isV1 whether v1 semantics apply: extra probes follow a failure at once (PRB-10), and the member's own name is
 *     asked for by TLS (PRB-6)
 */
public record HealthRules(boolean optimisticStart, boolean isV1) {
    /** A v2 gateway whose members answer before they take traffic. */
    public static final HealthRules DEFAULT = new HealthRules(false, false);
}
