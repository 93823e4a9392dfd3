package dev.gatehouse.upstream;

/** What is known of one upstream (health-probes.md section 4). */
public enum Health {
    /** Not probed yet; takes no traffic (PRB-11). */
    UNKNOWN("Unknown"),
    /** Takes traffic. */
    HEALTHY("Healthy"),
    /** Takes none. */
    UNHEALTHY("Unhealthy"),
    /** Removed from the pool, finishing its work. */
    DRAINING("Draining");

    private final String azureName;

    Health(String azureName) {
        this.azureName = azureName;
    }

    /**
     * The word of the health report (PRB-20).
     *
     * @return for example {@code Healthy}
     */
    public String azureName() {
        return azureName;
    }
}
