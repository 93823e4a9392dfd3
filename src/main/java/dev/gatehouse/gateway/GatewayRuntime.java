package dev.gatehouse.gateway;

import dev.gatehouse.exchange.ErrorPages;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.health.ProbeExecutor;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Target;
import dev.gatehouse.observe.HealthLog;
import dev.gatehouse.rewrite.RewriteSets;
import dev.gatehouse.routing.RouteTable;
import dev.gatehouse.tls.BackendTls;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.token.BearerTokens;
import dev.gatehouse.upstream.AffinitySecret;
import dev.gatehouse.upstream.AffinitySecretException;
import dev.gatehouse.upstream.BackendClient;
import dev.gatehouse.upstream.HostAddresses;
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
    private static final Duration LONGEST_PAGES = Duration.ofSeconds(10);

    private final Map<BackendHttpSettings, BackendClient> clients;
    private final HostAddresses names;
    private final ProbeExecutor probes;
    private final BearerTokens tokens;
    private final Snapshot snapshot;

    private GatewayRuntime(
            Map<BackendHttpSettings, BackendClient> clients,
            HostAddresses names,
            ProbeExecutor probes,
            BearerTokens tokens,
            Snapshot snapshot) {
        this.clients = clients;
        this.names = names;
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
     * @throws AffinitySecretException if the secret of affinity cookies cannot be had; nothing runs then
     */
    public static GatewayRuntime start(GatewayConfiguration configuration)
            throws TlsConfigurationException, AffinitySecretException {
        AffinitySecret secret =
                AffinitySecret.of(configuration.local().traffic().affinity(), System::getenv);
        RouteTable routes = new RouteTable(configuration);
        List<Target.Forward> pairs = routes.forwards();
        HostAddresses names = new HostAddresses();
        Map<BackendHttpSettings, BackendClient> clients = clients(pairs, configuration.local(), names);
        UpstreamListener listener = new HealthLog();
        List<UpstreamPool> pools = new ArrayList<>();
        for (Target.Forward pair : pairs) {
            BackendClient client = Objects.requireNonNull(clients.get(pair.settings()));
            pools.add(new UpstreamPool(pair, configuration.local().addresses(), client, listener, secret));
        }
        ErrorPages pages = errorPages(configuration.gateway());
        ProbeExecutor probes = new ProbeExecutor(pools, System::nanoTime);
        probes.start();
        BearerTokens tokens = BearerTokens.start(configuration, Clock.systemUTC());
        RewriteSets rewrites = new RewriteSets(configuration, routes);
        return new GatewayRuntime(
                clients, names, probes, tokens, new Snapshot(configuration, routes, pools, tokens, rewrites, pages));
    }

    private static ErrorPages errorPages(Gateway gateway) {
        try (ErrorPageLoader loader = new ErrorPageLoader(LONGEST_PAGES)) {
            return new ErrorPages(gateway, loader::load);
        }
    }

    private static Map<BackendHttpSettings, BackendClient> clients(
            List<Target.Forward> pairs, LocalSettings local, HostAddresses names) throws TlsConfigurationException {
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
        Duration clientsIdle = local.traffic().limits().keepAliveTimeout();
        trust.forEach((settings, tls) -> clients.put(settings, new BackendClient(settings, tls, names, clientsIdle)));
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
        names.close();
    }
}
