package dev.gatehouse.model;

import java.util.List;
import java.util.Map;

/**
 * What this machine supplies beside the gateway's own file: the local file. Every part has a default, so a missing
 * file is {@link #DEFAULT}. Immutable.
 *
 * @param listen addresses and ports to open
 * @param pools members to add, by pool name in lower case
 * @param addresses where backends really are, first match wins
 * @param certificates key material, by certificate name or Key Vault address in lower case; {@code *} for the rest
 * @param trust root certificates, by name in lower case
 * @param webSocket WebSocket limits and time-outs
 * @param accessLog where the access log goes
 * @param admin the admin address
 * @param reload when the files are read again
 * @param traffic how requests are taken and passed on
 * @param shutdown how the gateway ends
 * @param health in which way probes ask
 */
public record LocalSettings(
        ListenSettings listen,
        Map<String, List<BackendAddress>> pools,
        AddressMap addresses,
        Map<String, CertificateSource> certificates,
        Map<String, CertificateSource> trust,
        WebSocketSettings webSocket,
        AccessLogSettings accessLog,
        AdminSettings admin,
        ReloadSettings reload,
        TrafficSettings traffic,
        ShutdownSettings shutdown,
        HealthSettings health) {
    /** An absent local file. */
    public static final LocalSettings DEFAULT = new LocalSettings(
            ListenSettings.DEFAULT,
            Map.of(),
            AddressMap.NONE,
            Map.of(),
            Map.of(),
            WebSocketSettings.DEFAULT,
            AccessLogSettings.DEFAULT,
            AdminSettings.DEFAULT,
            ReloadSettings.DEFAULT,
            TrafficSettings.DEFAULT,
            ShutdownSettings.DEFAULT,
            HealthSettings.DEFAULT);

    public LocalSettings {
        pools = Map.copyOf(pools);
        certificates = Map.copyOf(certificates);
        trust = Map.copyOf(trust);
    }

    /**
     * Settings that probe, take and pass on requests, and end, as documented.
     *
     * @param listen addresses and ports to open
     * @param pools members to add
     * @param addresses where backends really are
     * @param certificates key material
     * @param trust root certificates
     * @param webSocket WebSocket limits and time-outs
     * @param accessLog where the access log goes
     * @param admin the admin address
     * @param reload when the files are read again
     */
    public LocalSettings(
            ListenSettings listen,
            Map<String, List<BackendAddress>> pools,
            AddressMap addresses,
            Map<String, CertificateSource> certificates,
            Map<String, CertificateSource> trust,
            WebSocketSettings webSocket,
            AccessLogSettings accessLog,
            AdminSettings admin,
            ReloadSettings reload) {
        this(
                listen,
                pools,
                addresses,
                certificates,
                trust,
                webSocket,
                accessLog,
                admin,
                reload,
                TrafficSettings.DEFAULT,
                ShutdownSettings.DEFAULT,
                HealthSettings.DEFAULT);
    }
}
