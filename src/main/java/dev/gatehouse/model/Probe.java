package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * A custom health probe (section 4.9). Decides about HTTP and WebSocket traffic alike (PRB-3, WS-4). Immutable.
 *
 * @param name unique name
 * @param protocol Http or Https; must equal that of the settings that use it
 * @param host Host header and SNI; absent where it is picked from the settings
 * @param path path and query asked for, starts with {@code /}; default {@code /}
 * @param timing schedule and patience
 * @param pickHostNameFromBackendHttpSettings take the host from the settings (PRB-5); default false
 * @param minServers members always kept in service, however they answer (PRB-13); default 0
 * @param port port to ask; absent means the port of the settings
 * @param match what counts as healthy
 * @param kind in which way it asks; default HTTP, which no gateway file can change
 */
public record Probe(
        String name,
        Protocol protocol,
        @Nullable String host,
        String path,
        ProbeTiming timing,
        boolean pickHostNameFromBackendHttpSettings,
        int minServers,
        @Nullable Integer port,
        ProbeMatch match,
        ProbeKind kind) {
    private static final String DEFAULT_NAME = "(default)"; // not a name that Azure would take

    public Probe {
        Checks.named("probes.name", name);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: " + path + " (expected: starts with /)");
        }
        Checks.inRange("minServers", minServers, 0, Integer.MAX_VALUE);
        if (port != null) {
            Checks.inRange("port", port, 1, 65535);
        }
    }

    /**
     * A probe that asks as Azure's do.
     *
     * @param name unique name
     * @param protocol Http or Https
     * @param host Host header and SNI
     * @param path path and query asked for
     * @param timing schedule and patience
     * @param pickHostNameFromBackendHttpSettings take the host from the settings
     * @param minServers members always kept in service
     * @param port port to ask
     * @param match what counts as healthy
     */
    public Probe(
            String name,
            Protocol protocol,
            @Nullable String host,
            String path,
            ProbeTiming timing,
            boolean pickHostNameFromBackendHttpSettings,
            int minServers,
            @Nullable Integer port,
            ProbeMatch match) {
        this(
                name,
                protocol,
                host,
                path,
                timing,
                pickHostNameFromBackendHttpSettings,
                minServers,
                port,
                match,
                ProbeKind.HTTP);
    }

    /**
     * The default probe (section 2 of health-probes.md), asking in another way.
     *
     * @param protocol that of the settings
     * @param kind in which way
     * @return a probe that the gateway file does not hold
     */
    public static Probe ofDefault(Protocol protocol, ProbeKind kind) {
        return new Probe(
                DEFAULT_NAME, protocol, null, "/", ProbeTiming.DEFAULT, false, 0, null, ProbeMatch.DEFAULT, kind);
    }

    /**
     * Whether the settings name no probe.
     *
     * @return true if it came from {@link #ofDefault}
     */
    public boolean isDefault() {
        return name.equals(DEFAULT_NAME);
    }
}
