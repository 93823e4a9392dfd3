package dev.gatehouse.gateway;

import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.health.ProbeExecutor;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Target;
import dev.gatehouse.observe.HealthLog;
import dev.gatehouse.routing.RouteTable;
import dev.gatehouse.tls.BackendTls;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.token.BearerTokens;
import dev.gatehouse.upstream.BackendClient;
import dev.gatehouse.upstream.UpstreamListener;
import dev.gatehouse.upstream.UpstreamPool;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * One configuration, running: its snapshot, its connections to backends and its probes. Owns all three and closes them.
 * Thread-safe.
 */
public final class GatewayRuntime implements Supplier<Snapshot>, AutoCloseable {
    private final Map<BackendHttpSettings, BackendClient> clients;
    private final ProbeExecutor probes;
    private final BearerTokens tokens;
    private final Snapshot snapshot;

    private GatewayRuntime(
            Map<BackendHttpSettings, BackendClient> clients,
            ProbeExecutor probes,
            BearerTokens tokens,
            Snapshot snapshot) {
        this.clients = clients;
        this.probes = probes;
        this.tokens = tokens;
        this.snapshot = snapshot;
    }

    /**
     * Builds everything and begins to probe. Backends take traffic once they answered (PRB-11).
     *
     * @param configuration a valid configuration
     * @return running; the caller closes it
     * @throws TlsConfigurationException if trust for a backend cannot be built; nothing runs then
     */
    public static GatewayRuntime start(GatewayConfiguration configuration) throws TlsConfigurationException {
        RouteTable routes = new RouteTable(configuration);
        Map<BackendHttpSettings, BackendClient> clients = clients(routes.forwards(), configuration.local());
        UpstreamListener listener = new HealthLog();
        List<UpstreamPool> pools = new ArrayList<>();
        for (Target.Forward pair : routes.forwards()) {
            BackendClient client = Objects.requireNonNull(clients.get(pair.settings()));
            pools.add(new UpstreamPool(pair, configuration.local().addresses(), client, listener));
        }
        ProbeExecutor probes = new ProbeExecutor(pools, System::nanoTime);
        probes.start();
        BearerTokens tokens = BearerTokens.start(configuration, Clock.systemUTC());
        return new GatewayRuntime(clients, probes, tokens, new Snapshot(configuration, routes, pools, tokens));
    }

    private static Map<BackendHttpSettings, BackendClient> clients(List<Target.Forward> pairs, LocalSettings local)
            throws TlsConfigurationException {
        Map<BackendHttpSettings, BackendTls> trust = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Target.Forward pair : pairs) {
            try {
                trust.put(pair.settings(), new BackendTls(pair.settings(), local));
            } catch (TlsConfigurationException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new TlsConfigurationException(String.join(System.lineSeparator(), problems));
        }
        Map<BackendHttpSettings, BackendClient> clients = new LinkedHashMap<>();
        trust.forEach((settings, tls) -> clients.put(settings, new BackendClient(settings, tls)));
        return clients;
    }

    /**
     * Waits until every backend was asked once.
     *
     * @param limit longest wait
     * @return false if the limit came first
     * @throws InterruptedException if the caller was interrupted
     */
    public boolean awaitFirstProbes(Duration limit) throws InterruptedException {
        return probes.awaitFirstRound(limit);
    }

    @Override
    public Snapshot get() {
        return snapshot;
    }

    @Override
    public void close() {
        probes.close();
        tokens.close();
        clients.values().forEach(BackendClient::close);
    }
}
