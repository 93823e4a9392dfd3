package dev.gatehouse.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How members of a pool are spoken to (section 4.8). Immutable.
 *
 * @param name unique name
 * @param port destination port, 1-65535; a port given with the member wins
 * @param protocol Http or Https towards the backend; default Http
 * @param requestTimeout longest silence of the backend (REQ-40); 1 s - 24 h, default 20 s. Not applied to a WebSocket
 *     session once it is open (WS-6)
 * @param probe custom probe, absent for the default one
 * @param hostOverride which Host header is sent
 * @param path replaces the matched part of the path (REQ-33), absent to keep it
 * @param affinity cookie affinity
 * @param draining what happens to work on a removed member
 * @param tls how an Https backend is judged
 * @param dedicatedBackendConnection one backend connection per client connection; default false
 */
public record BackendHttpSettings(
        String name,
        int port,
        Protocol protocol,
        Duration requestTimeout,
        @Nullable Probe probe,
        HostOverride hostOverride,
        @Nullable String path,
        CookieAffinity affinity,
        ConnectionDraining draining,
        BackendTlsRules tls,
        boolean dedicatedBackendConnection) {
    /** What applies where the file is silent: 20 s. */
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(20);

    public BackendHttpSettings {
        Checks.named("backendHttpSettingsCollection.name", name);
        Checks.inRange("port", port, 1, 65535);
        Durations.positive("requestTimeout", requestTimeout);
    }
}
