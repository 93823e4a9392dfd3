package dev.gatehouse.model;

/** The versions of TLS that a policy can speak of (section 4.6), oldest first. SSL 2.0 and 3.0 are never spoken. */
public enum TlsVersion {
    /** RFC 2246; off in today's JVMs (TLS-21). */
    TLS_1_0("TLSv1_0", "TLSv1"),
    /** RFC 4346; off in today's JVMs (TLS-21). */
    TLS_1_1("TLSv1_1", "TLSv1.1"),
    /** RFC 5246. */
    TLS_1_2("TLSv1_2", "TLSv1.2"),
    /** RFC 8446. */
    TLS_1_3("TLSv1_3", "TLSv1.3");

    private final String azureName;
    private final String jsseName;

    TlsVersion(String azureName, String jsseName) {
        this.azureName = azureName;
        this.jsseName = jsseName;
    }

    /**
     * The spelling that Azure prints.
     *
     * @return for example {@code TLSv1_2}
     */
    public String azureName() {
        return azureName;
    }

    /**
     * The spelling of the JVM.
     *
     * @return for example {@code TLSv1.2}
     */
    public String jsseName() {
        return jsseName;
    }
}
