package dev.gatehouse.model;

/** The two protocols of listeners, settings and probes (CFG-10). WebSocket needs no value of its own: it is always on. */
public enum Protocol {
    /** Plain HTTP, and {@code ws:}. */
    HTTP("Http", "http", 80),
    /** HTTP over TLS, and {@code wss:}. */
    HTTPS("Https", "https", 443);

    private final String azureName;
    private final String scheme;
    private final int defaultPort;

    Protocol(String azureName, String scheme, int defaultPort) {
        this.azureName = azureName;
        this.scheme = scheme;
        this.defaultPort = defaultPort;
    }

    /**
     * The spelling that Azure prints.
     *
     * @return {@code Http} or {@code Https}
     */
    public String azureName() {
        return azureName;
    }

    /**
     * The URL scheme.
     *
     * @return {@code http} or {@code https}
     */
    public String scheme() {
        return scheme;
    }

    /**
     * The port that a URL of this scheme may leave out.
     *
     * @return 80 or 443
     */
    public int defaultPort() {
        return defaultPort;
    }
}
