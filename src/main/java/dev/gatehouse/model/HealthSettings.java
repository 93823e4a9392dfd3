package dev.gatehouse.model;

import java.util.Map;

/**
 * What the local file says about health. Immutable.
 *
 * @param optimisticStart whether a member takes traffic before its first probe has answered (PRB-11); default false
 * @param probes in which way probes ask, by name in lower case: that of a probe, or of a settings entry that has none
 */
public record HealthSettings(boolean optimisticStart, Map<String, ProbeKind> probes) {
    /** A member answers before it takes traffic, and every probe asks as Azure does. */
    public static final HealthSettings DEFAULT = new HealthSettings(false, Map.of());

    public HealthSettings {
        probes = Map.copyOf(probes);
    }
}
