package dev.gatehouse.proxy;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.exchange.ErrorPages;
import dev.gatehouse.exchange.InFlight;
import dev.gatehouse.exchange.RequestRewrites;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.exchange.TokenChecks;
import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.AffinitySettings;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.BufferingSettings;
import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.ForwardingSettings;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LoadDistributionPolicy;
import dev.gatehouse.model.LoadDistributionPolicy.Algorithm;
import dev.gatehouse.model.LoadDistributionPolicy.WeightedPool;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.TokenSettings;
import dev.gatehouse.model.TrafficSettings;
import dev.gatehouse.model.UrlPathMap;
import dev.gatehouse.observe.ExchangeLog;
import dev.gatehouse.observe.SessionEnd;
import dev.gatehouse.observe.SessionJournal;
import dev.gatehouse.observe.SessionMetrics;
import dev.gatehouse.observe.SessionStart;
import dev.gatehouse.routing.RouteTable;
import dev.gatehouse.tls.BackendTls;
import dev.gatehouse.upstream.BackendClient;
import dev.gatehouse.upstream.BackendTimer;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamPool;
import dev.gatehouse.websocket.Bridges;
import dev.gatehouse.websocket.WebSocketFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * The filters of a gateway on an embedded Tomcat, without probes: the test says who is healthy. Requests go to all pools
 * by the policy if there is one; below {@code /plain/} they go to the first pool.
 */
final class ForwardHarness implements AutoCloseable {
    private final ForwardFilter forward;
    private final Tomcat tomcat = new Tomcat();
    private static final SessionJournal NOBODY = new SessionJournal() {
        @Override
        public void opened(SessionStart start) {}

        @Override
        public void ended(SessionEnd end) {}
    };

    private final Bridges bridges;
    private final BackendTimer timer = new BackendTimer();
    private final BackendClient client;
    private volatile Snapshot snapshot;

    /** What a test changes. */
    static final class Settings {
        Duration requestTimeout = Duration.ofSeconds(5);
        CookieAffinity affinity = CookieAffinity.OFF;
        boolean dedicated;
        boolean isV1;
        boolean retryNonIdempotent;
        Duration clientsIdle = Duration.ofSeconds(75);
        Algorithm algorithm;
        int[] weights = {};
        AddressMap addresses = AddressMap.NONE;
    }

    /** A gateway in front of one pool. */
    static ForwardHarness to(Settings settings, int... ports) throws Exception {
        return new ForwardHarness(settings, ports);
    }

    /** A gateway in front of several pools, each with members on these ports. */
    ForwardHarness(Settings settings, int[]... pools) throws Exception {
        SessionMetrics metrics = new SessionMetrics(new SimpleMeterRegistry());
        bridges = Bridges.start(metrics, NOBODY);
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);
        ((StandardHost) tomcat.getHost()).getPipeline().addValve(new ErrorReportValve());
        Context context = tomcat.addContext("", new File(".").getAbsolutePath());
        context.addServletContainerInitializer(new WsSci(), null);
        Tomcat.addServlet(context, "none", new HttpServlet() {}).addMapping("/");
        ExchangeLog log = new ExchangeLog();
        Refusals refusals = new Refusals(() -> snapshot, log);
        add(context, "routing", new RoutingFilter(() -> snapshot, refusals));
        add(context, "websocket", new WebSocketFilter(bridges, log));
        forward = new ForwardFilter(refusals, new InFlight());
        add(context, "forward", forward);
        tomcat.start();
        BackendHttpSettings http = http(settings);
        client = new BackendClient(http, new BackendTls(http, LocalSettings.DEFAULT), timer, settings.clientsIdle);
        snapshot = snapshot(settings, http, pools);
        await().atMost(Duration.ofSeconds(5)).until(this::areNamesKnown);
        all(Health.HEALTHY);
    }

    private static void add(Context context, String name, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(name);
        map.addURLPattern("/*");
        context.addFilterMap(map);
    }

    private static BackendHttpSettings http(Settings settings) {
        return new BackendHttpSettings(
                "web",
                80,
                Protocol.HTTP,
                settings.requestTimeout,
                null,
                HostOverride.NONE,
                null,
                settings.affinity,
                ConnectionDraining.DEFAULT,
                BackendTlsRules.DEFAULT,
                settings.dedicated);
    }

    private Snapshot snapshot(Settings settings, BackendHttpSettings http, int[][] ports) {
        List<BackendAddressPool> pools = new ArrayList<>();
        for (int i = 0; i < ports.length; i++) {
            pools.add(new BackendAddressPool(
                    "pool" + i,
                    Arrays.stream(ports[i])
                            .mapToObj(port -> new BackendAddress("127.0.0.1", port))
                            .toList()));
        }
        Target plain = new Target.Forward(pools.get(0), http);
        Target other = settings.algorithm == null ? plain : new Target.Distribute(policy(settings, pools), http, null);
        HttpListener listener = new HttpListener(
                "listener",
                new FrontendIpConfiguration("ip", null),
                new FrontendPort("port", port()),
                Protocol.HTTP,
                List.of(),
                null,
                false);
        UrlPathMap map = new UrlPathMap("map", other, List.of(new PathRule("plain", List.of("/plain/*"), plain)));
        RequestRoutingRule rule = new RequestRoutingRule("rule", 1, listener, null, map);
        GatewayConfiguration configuration = new GatewayConfiguration(
                new Gateway(
                        "gateway",
                        settings.isV1,
                        false,
                        false,
                        List.of(),
                        List.of(listener),
                        pools,
                        List.of(http),
                        List.of(rule)),
                local(settings));
        RouteTable routes = new RouteTable(configuration);
        return new Snapshot(
                configuration,
                routes,
                routes.forwards().stream()
                        .map(pair -> new UpstreamPool(pair, settings.addresses, client, (a, b, c, d) -> {}))
                        .toList(),
                TokenChecks.NONE,
                RequestRewrites.NONE,
                new ErrorPages(configuration.gateway(), source -> Optional.empty()));
    }

    private static LoadDistributionPolicy policy(Settings settings, List<BackendAddressPool> pools) {
        List<WeightedPool> targets = new ArrayList<>();
        for (int i = 0; i < pools.size(); i++) {
            targets.add(new WeightedPool(pools.get(i), settings.weights.length == 0 ? 1 : settings.weights[i]));
        }
        return new LoadDistributionPolicy("policy", settings.algorithm, targets);
    }

    private static LocalSettings local(Settings settings) {
        LocalSettings base = LocalSettings.DEFAULT;
        return new LocalSettings(
                base.listen(),
                base.pools(),
                base.addresses(),
                base.certificates(),
                base.trust(),
                base.webSocket(),
                base.accessLog(),
                base.admin(),
                base.reload(),
                new TrafficSettings(
                        ClientLimits.DEFAULT,
                        BufferingSettings.DEFAULT,
                        new ForwardingSettings(false, true, settings.retryNonIdempotent),
                        AffinitySettings.DEFAULT,
                        TokenSettings.DEFAULT),
                base.shutdown(),
                base.health());
    }

    void beginStop() {
        forward.beginStop();
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** A member, counted through all pools. */
    Upstream member(int index) {
        return snapshot.pools().stream()
                .flatMap(pool -> pool.members().stream())
                .toList()
                .get(index);
    }

    void become(int index, Health health) {
        Upstream member = member(index);
        for (UpstreamPool pool : snapshot.pools()) {
            if (pool.members().contains(member)) {
                pool.become(member, health, "test");
            }
        }
    }

    private boolean areNamesKnown() {
        return snapshot.pools().stream()
                .flatMap(pool -> pool.members().stream())
                .allMatch(member -> member.socketAddress().isPresent());
    }

    private void all(Health health) {
        snapshot.pools().forEach(pool -> pool.members().forEach(member -> pool.become(member, health, "test")));
    }

    @Override
    public void close() throws IOException, LifecycleException {
        bridges.close();
        tomcat.stop();
        tomcat.destroy();
        client.close();
        forward.close();
        timer.close();
    }
}
