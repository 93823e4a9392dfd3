package dev.gatehouse.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layer-4 proxy of a gateway (section 4.19): bytes from listener to pool, without a look at HTTP. Immutable.
 *
 * @param listeners {@code listeners} of the gateway, used or not
 * @param backendSettings {@code backendSettingsCollection}
 * @param routingRules {@code routingRules}, by priority
 */
public record LayerFour(
        List<Listener> listeners, List<BackendSettings> backendSettings, List<RoutingRule> routingRules) {
    /** A gateway of HTTP alone. */
    public static final LayerFour NONE = new LayerFour(List.of(), List.of(), List.of());

    public LayerFour {
        listeners = List.copyOf(listeners);
        backendSettings = List.copyOf(backendSettings);
        routingRules = List.copyOf(routingRules);
    }

    /** What is spoken on a connection. */
    public enum Protocol {
        /** Plain TCP. */
        TCP("Tcp"),
        /** TLS that ends, or begins, at the gateway. */
        TLS("Tls");

        private final String azureName;

        Protocol(String azureName) {
            this.azureName = azureName;
        }

        /**
         * The spelling that Azure prints.
         *
         * @return {@code Tcp} or {@code Tls}
         */
        public String azureName() {
            return azureName;
        }
    }

    /**
     * Where connections enter. Immutable.
     *
     * @param name unique name
     * @param frontendIpConfiguration the frontend it listens on
     * @param frontendPort the port it listens on
     * @param protocol Tcp or Tls
     * @param hostNames server names (SNI) it answers for, lower case; empty for all; only with Tls
     * @param sslCertificate the certificate of a Tls listener
     * @param sslProfile policy and mutual TLS of a Tls listener, absent for the gateway's policy
     */
    public record Listener(
            String name,
            FrontendIpConfiguration frontendIpConfiguration,
            FrontendPort frontendPort,
            Protocol protocol,
            List<String> hostNames,
            @Nullable SslCertificate sslCertificate,
            @Nullable SslProfile sslProfile) {
        public Listener {
            Checks.named("listeners.name", name);
            hostNames = List.copyOf(hostNames);
        }
    }

    /**
     * How members of a pool are spoken to. Immutable.
     *
     * @param name unique name
     * @param port destination port, 1-65535
     * @param protocol Tcp or Tls towards the backend
     * @param timeout longest silence of a connection; 1 s - 24 h, default 20 s
     * @param probe custom probe, absent for the default one
     * @param trustedRootCertificates the only roots accepted; empty means the JVM's public roots
     * @param host server name to send and to check
     * @param enableL4ClientIpPreservation whether a PROXY protocol header names the client; default false
     */
    public record BackendSettings(
            String name,
            int port,
            Protocol protocol,
            Duration timeout,
            @Nullable Probe probe,
            List<TrustedRootCertificate> trustedRootCertificates,
            HostOverride host,
            boolean enableL4ClientIpPreservation) {
        public BackendSettings {
            Checks.named("backendSettingsCollection.name", name);
            Checks.inRange("port", port, 1, 65535);
            Durations.positive("timeout", timeout);
            trustedRootCertificates = List.copyOf(trustedRootCertificates);
        }
    }

    /**
     * How members are asked whether they may take traffic: by connecting. Immutable.
     *
     * @param name unique name
     * @param protocol Tcp or Tls; that of the settings
     * @param host server name of a Tls probe, or absent
     * @param pickHostNameFromBackendSettings take that name from the settings; default false
     * @param timing how often and how patiently
     * @param minServers members that always count as healthy; default 0
     * @param port another port than the settings', or absent
     * @param enableProbeProxyProtocolHeader whether a PROXY protocol header comes first; default false
     */
    public record Probe(
            String name,
            Protocol protocol,
            @Nullable String host,
            boolean pickHostNameFromBackendSettings,
            ProbeTiming timing,
            int minServers,
            @Nullable Integer port,
            boolean enableProbeProxyProtocolHeader) {
        public Probe {
            Checks.named("probes.name", name);
        }
    }

    /**
     * Which listener leads to which pool. Immutable.
     *
     * @param name unique name
     * @param priority 1 (first) to 20000
     * @param listener where connections enter
     * @param backendAddressPool where they go
     * @param backendSettings how
     */
    public record RoutingRule(
            String name,
            int priority,
            Listener listener,
            BackendAddressPool backendAddressPool,
            BackendSettings backendSettings) {
        public RoutingRule {
            Checks.named("routingRules.name", name);
            Checks.inRange("priority", priority, 1, 20_000);
        }
    }
}
