package dev.gatehouse.model;

/** The policies that Azure names (tls.md section 3), oldest first. Which suites they hold is known to the TLS room. */
public enum PredefinedSslPolicy {
    /** TLS 1.0 to 1.2. Azure retired it on 2025-08-31. */
    APP_GW_20150501("AppGwSslPolicy20150501", TlsVersion.TLS_1_0, TlsVersion.TLS_1_2),
    /** TLS 1.1 and 1.2. Azure retired it on 2025-08-31. */
    APP_GW_20170401("AppGwSslPolicy20170401", TlsVersion.TLS_1_1, TlsVersion.TLS_1_2),
    /** TLS 1.2 alone; the only one left for v1 gateways. */
    APP_GW_20170401S("AppGwSslPolicy20170401S", TlsVersion.TLS_1_2, TlsVersion.TLS_1_2),
    /** TLS 1.2 and 1.3; what applies where no policy is given (CFG-18). */
    APP_GW_20220101("AppGwSslPolicy20220101", TlsVersion.TLS_1_2, TlsVersion.TLS_1_3),
    /** TLS 1.2 and 1.3, without CBC suites. */
    APP_GW_20220101S("AppGwSslPolicy20220101S", TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);

    private final String azureName;
    private final TlsVersion oldest;
    private final TlsVersion newest;

    PredefinedSslPolicy(String azureName, TlsVersion oldest, TlsVersion newest) {
        this.azureName = azureName;
        this.oldest = oldest;
        this.newest = newest;
    }

    /**
     * The name in the gateway file.
     *
     * @return for example {@code AppGwSslPolicy20220101}
     */
    public String azureName() {
        return azureName;
    }

    /**
     * The least version it enables.
     *
     * @return TLS 1.0 to 1.2
     */
    public TlsVersion oldest() {
        return oldest;
    }

    /**
     * The highest version it enables.
     *
     * @return TLS 1.2 or 1.3
     */
    public TlsVersion newest() {
        return newest;
    }

    /**
     * Whether Azure no longer takes it.
     *
     * @return true for the two that enable TLS 1.0 or 1.1
     */
    public boolean isRetired() {
        return oldest.compareTo(TlsVersion.TLS_1_2) < 0;
    }
}
