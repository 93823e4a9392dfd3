package dev.gatehouse.gateway;

import dev.gatehouse.exchange.ErrorPages;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.fetch.WebDocuments;
import dev.gatehouse.health.ProbeExecutor;
import dev.gatehouse.model.AffinitySettings;
import dev.gatehouse.model.CustomErrorPage;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.Target;
import dev.gatehouse.observe.HealthLog;
import dev.gatehouse.rewrite.RewriteSets;
import dev.gatehouse.routing.RouteTable;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.token.BearerTokens;
import dev.gatehouse.token.KeyRings;
import dev.gatehouse.upstream.AffinitySecret;
import dev.gatehouse.upstream.AffinitySecretException;
import dev.gatehouse.upstream.BackendClient;
import dev.gatehouse.upstream.BackendTimer;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.HealthRules;
import dev.gatehouse.upstream.HostAddresses;
import dev.gatehouse.upstream.ProbeRecord;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamListener;
import dev.gatehouse.upstream.UpstreamPool;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What serves: the snapshot in force, connections to backends, probes, names and keys. A reload builds the next
 * {@link Generation} beside it and swaps; what both have in common goes on. Owns all of it and closes it. Getting the
 * snapshot is thread-safe; the rest is for one thread at a time.
 */
public final class GatewayRuntime implements Supplier<Snapshot>, AutoCloseable {
    private static final Duration LONGEST_PAGES = Duration.ofSeconds(10);
    private static final Duration LONGEST_OCSP = Duration.ofSeconds(3); // a request waits for it
    private static final int MOST_OCSP_BYTES = 64 * 1024;

    private final HostAddresses names = new HostAddresses();
    private final BackendTimer timer = new BackendTimer();
    private final KeyRings keys = new KeyRings();
    private final WebDocuments responders = new WebDocuments("application/ocsp-response", MOST_OCSP_BYTES);
    private final ProbeExecutor probes = new ProbeExecutor(System::nanoTime);
    private final UpstreamListener listener;
    private final List<BackendClient> retired = new ArrayList<>();
    private volatile List<UpstreamPool> left = List.of();
    private volatile Generation current;

    private final class Ears implements UpstreamListener {
        private final UpstreamListener log = new HealthLog();
        private final UpstreamListener drains;

        Ears(UpstreamListener drains) {
            this.drains = drains;
        }

        @Override
        public void probed(UpstreamPool pool, Upstream upstream, ProbeRecord found) {
            drains.probed(pool, upstream, found);
        }

        @Override
        public void healthChanged(UpstreamPool pool, Upstream upstream, Health before, String cause) {
            log.healthChanged(pool, upstream, before, cause);
            drains.healthChanged(pool, upstream, before, cause);
        }

        @Override
        public void membersChanged(UpstreamPool pool) {
            probes.changed(pool);
        }
    }

    private GatewayRuntime(GatewayConfiguration configuration, UpstreamListener drains)
            throws TlsConfigurationException, AffinitySecretException {
        listener = new Ears(drains);
        current = build(configuration, null);
    }

    /**
     * Builds everything and begins to probe. Backends take traffic once they answered (PRB-11).
     *
     * @param configuration a valid configuration
     * @param drains hears of backends that fail
     * @return running; the caller closes it
     * @throws TlsConfigurationException if trust for a backend cannot be built; nothing runs then
     * @throws AffinitySecretException if the secret of affinity cookies cannot be had; nothing runs then
     */
    public static GatewayRuntime start(GatewayConfiguration configuration, UpstreamListener drains)
            throws TlsConfigurationException, AffinitySecretException {
        GatewayRuntime runtime = new GatewayRuntime(configuration, drains);
        runtime.probes.start(runtime.current.pools());
        return runtime;
    }

    /**
     * Builds what would serve a configuration; nothing that is served now is touched.
     *
     * @throws TlsConfigurationException if trust for a backend cannot be built
     * @throws AffinitySecretException if the secret of affinity cookies cannot be had
     */
    Generation build(GatewayConfiguration configuration) throws TlsConfigurationException, AffinitySecretException {
        return build(configuration, current);
    }

    private Generation build(GatewayConfiguration configuration, @Nullable Generation before)
            throws TlsConfigurationException, AffinitySecretException {
        AffinitySecret secret = secret(configuration, before);
        RouteTable routes = new RouteTable(configuration);
        List<Target.Forward> pairs = routes.forwards();
        BackendClients clients = BackendClients.of(
                pairs, configuration.local(), timer, before == null ? BackendClients.none() : before.clients());
        ProfileChecks certificates = new ProfileChecks(configuration, this::askResponder);
        BearerTokens tokens = new BearerTokens(configuration, Clock.systemUTC(), keys);
        RewriteSets rewrites = new RewriteSets(configuration, routes);
        try (ErrorPageLoader loader = new ErrorPageLoader(LONGEST_PAGES, before == null ? Map.of() : before.pages())) {
            ErrorPages pages = new ErrorPages(configuration.gateway(), loader::load);
            Map<CustomErrorPage.Source, byte[]> had = loader.pages();
            // last, since pools follow names from their beginning
            List<UpstreamPool> pools = pools(pairs, configuration, clients, secret, before);
            return new Generation(
                    new Snapshot(configuration, routes, pools, certificates, tokens, rewrites, pages),
                    clients,
                    secret,
                    had);
        }
    }

    private byte[] askResponder(URI responder, byte[] request) throws IOException {
        return responders.post(responder, "application/ocsp-request", request, LONGEST_OCSP); // RFC 6960, A.1
    }

    private static AffinitySecret secret(GatewayConfiguration configuration, @Nullable Generation before)
            throws AffinitySecretException {
        AffinitySettings settings = configuration.local().traffic().affinity();
        boolean isRandom = settings.secretEnv() == null && settings.secretFile() == null;
        return isRandom && before != null ? before.secret() : AffinitySecret.of(settings, System::getenv);
    }

    private List<UpstreamPool> pools(
            List<Target.Forward> pairs,
            GatewayConfiguration configuration,
            BackendClients clients,
            AffinitySecret secret,
            @Nullable Generation before) {
        Map<String, UpstreamPool> old = new HashMap<>();
        if (before != null) {
            before.pools().forEach(pool -> old.put(pool.toString(), pool));
        }
        HealthRules rules = new HealthRules(
                configuration.local().health().optimisticStart(),
                configuration.gateway().isV1());
        return pairs.stream()
                .map(pair -> {
                    UpstreamPool.Parts parts = new UpstreamPool.Parts(
                            configuration.local().addresses(),
                            clients.of(pair.settings(), configuration.local()),
                            names,
                            listener,
                            secret,
                            rules);
                    return new UpstreamPool(pair, parts, old.get(UpstreamPool.nameOf(pair)));
                })
                .toList();
    }

    /**
     * Probes what a generation adds, so that its members are known before they count.
     *
     * @param next what is to be served
     * @return false if not all could be asked within 5 s
     * @throws InterruptedException if the caller was interrupted
     */
    boolean warmUp(Generation next) throws InterruptedException {
        probes.prepare(next.pools());
        return probes.awaitFirstRound(next.pools(), ProbeExecutor.LONGEST_FIRST_ROUND);
    }

    /** Serves another generation from now on; exchanges that began before keep theirs. */
    void serve(Generation next, Continuity continuity) {
        Generation before = current;
        next.pools().forEach(UpstreamPool::takeOver);
        probes.serve(next.pools());
        current = next;
        retire(before, next, continuity);
    }

    private void retire(Generation before, Generation next, Continuity continuity) {
        List<String> served = next.pools().stream().map(UpstreamPool::toString).toList();
        List<UpstreamPool> leaving = new ArrayList<>(left);
        for (UpstreamPool pool : before.pools()) {
            boolean isGone = !served.contains(pool.toString());
            pool.retire(isGone && !continuity.hasPair(pool.pair()));
            if (isGone) {
                leaving.add(pool);
            }
        }
        leaving.removeIf(pool -> pool.draining().isEmpty());
        left = List.copyOf(leaving);
        retired.removeIf(client -> !client.isBusy());
        for (BackendClient client : before.clients().without(next.clients())) {
            client.retire();
            retired.add(client);
        }
    }

    /** A generation is not served after all. */
    void discard(Generation next) {
        probes.serve(current.pools());
        next.pools().forEach(pool -> pool.retire(false));
        next.clients().without(current.clients()).forEach(BackendClient::close);
    }

    /**
     * Waits until every backend was asked once.
     *
     * @param limit longest wait
     * @return false if the limit came first
     * @throws InterruptedException if the caller was interrupted
     */
    public boolean awaitFirstProbes(Duration limit) throws InterruptedException {
        return probes.awaitFirstRound(current.pools(), limit);
    }

    /**
     * Whether backends have been asked (PRB-11).
     *
     * @return true after the first round, or 5 s after the start
     */
    public boolean isReady() {
        return probes.isReady();
    }

    /**
     * The pools that are served, and those that are not any more and still have work.
     *
     * @return an immutable list
     */
    public List<UpstreamPool> pools() {
        List<UpstreamPool> all = new ArrayList<>(current.pools());
        all.addAll(left);
        return List.copyOf(all);
    }

    Generation current() {
        return current;
    }

    @Override
    public Snapshot get() {
        return current.snapshot();
    }

    @Override
    public void close() {
        probes.close();
        keys.close();
        responders.close();
        names.close();
        current.clients().close();
        retired.forEach(BackendClient::close);
        timer.close();
    }
}
