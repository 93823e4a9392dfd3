package dev.gatehouse.websocket;

import dev.gatehouse.exchange.ErrorPages;
import dev.gatehouse.exchange.InFlight;
import dev.gatehouse.exchange.RequestRewrites;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.exchange.TokenChecks;
import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.observe.ExchangeLog;
import dev.gatehouse.observe.SessionEnd;
import dev.gatehouse.observe.SessionJournal;
import dev.gatehouse.observe.SessionMetrics;
import dev.gatehouse.observe.SessionStart;
import dev.gatehouse.proxy.ForwardFilter;
import dev.gatehouse.proxy.Refusals;
import dev.gatehouse.proxy.RoutingFilter;
import dev.gatehouse.routing.RouteTable;
import dev.gatehouse.tls.BackendTls;
import dev.gatehouse.upstream.BackendClient;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.websocket.server.WsSci;

/** The filters of a gateway on an embedded Tomcat: one listener, one rule, one pool. */
final class WebSocketHarness implements AutoCloseable {
    private final ForwardFilter forward;
    private final Tomcat tomcat = new Tomcat();
    private final Bridges bridges;
    private final BlockingQueue<SessionStart> starts = new LinkedBlockingQueue<>();
    private final BlockingQueue<SessionEnd> reports = new LinkedBlockingQueue<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SessionMetrics metrics = new SessionMetrics(meters);
    private final SessionJournal journal = new SessionJournal() {
        @Override
        public void opened(SessionStart start) {
            starts.add(start);
        }

        @Override
        public void ended(SessionEnd end) {
            reports.add(end);
        }
    };
    private volatile Snapshot snapshot;

    /** What a test changes. */
    static final class Settings {
        Duration requestTimeout = Duration.ofSeconds(5);
        WebSocketSettings webSocket = WebSocketSettings.DEFAULT;
        Protocol backendProtocol = Protocol.HTTP;
        BackendTlsRules tls = BackendTlsRules.DEFAULT;
        RedirectConfiguration redirect;
    }

    static WebSocketHarness to(int... ports) throws Exception {
        return new WebSocketHarness(new Settings(), ports);
    }

    WebSocketHarness(Settings settings, int... ports) throws Exception {
        bridges = Bridges.start(metrics, journal);
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setEncodedSolidusHandling("passthrough");
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", new File(".").getAbsolutePath());
        context.addServletContainerInitializer(new WsSci(), null);
        Tomcat.addServlet(context, "none", new HttpServlet() {}).addMapping("/");
        ExchangeLog log = new ExchangeLog();
        Refusals refusals = new Refusals(() -> snapshot, log);
        add(context, "check", new HandshakeCheckFilter(() -> snapshot, log, metrics));
        add(context, "routing", new RoutingFilter(() -> snapshot, refusals));
        add(context, "websocket", new WebSocketFilter(bridges, log));
        forward = new ForwardFilter(refusals, new InFlight());
        add(context, "forward", forward);
        tomcat.start();
        snapshot = snapshot(settings, ports);
        snapshot.pools().forEach(pool -> pool.members().forEach(member -> pool.become(member, Health.HEALTHY, "test")));
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

    private Snapshot snapshot(Settings settings, int[] ports) throws Exception {
        FrontendPort frontend = new FrontendPort("port", port());
        HttpListener listener = new HttpListener(
                "listener", new FrontendIpConfiguration("ip", null), frontend, Protocol.HTTP, List.of(), null, false);
        List<BackendAddress> members = Arrays.stream(ports)
                .mapToObj(port -> new BackendAddress("127.0.0.1", port))
                .toList();
        BackendAddressPool pool = new BackendAddressPool("pool", members);
        BackendHttpSettings http = new BackendHttpSettings(
                "settings",
                80,
                settings.backendProtocol,
                settings.requestTimeout,
                null,
                HostOverride.NONE,
                null,
                CookieAffinity.OFF,
                ConnectionDraining.DEFAULT,
                settings.tls,
                false);
        Target target =
                settings.redirect == null ? new Target.Forward(pool, http) : new Target.Redirect(settings.redirect);
        RequestRoutingRule rule = new RequestRoutingRule("rule", 1, listener, target, null);
        Gateway gateway = new Gateway(
                "gateway",
                false,
                false,
                false,
                List.of(),
                List.of(listener),
                List.of(pool),
                List.of(http),
                List.of(rule));
        GatewayConfiguration configuration = new GatewayConfiguration(gateway, local(settings.webSocket));
        RouteTable routes = new RouteTable(configuration);
        BackendClient client = new BackendClient(http, new BackendTls(http, configuration.local()));
        return new Snapshot(
                configuration,
                routes,
                routes.forwards().stream()
                        .map(pair -> new UpstreamPool(pair, AddressMap.NONE, client, (a, b, c, d) -> {}))
                        .toList(),
                TokenChecks.NONE,
                RequestRewrites.NONE,
                new ErrorPages(configuration.gateway(), source -> Optional.empty()));
    }

    private static LocalSettings local(WebSocketSettings webSocket) {
        LocalSettings base = LocalSettings.DEFAULT;
        return new LocalSettings(
                base.listen(),
                base.pools(),
                base.addresses(),
                base.certificates(),
                base.trust(),
                webSocket,
                base.accessLog(),
                base.admin(),
                base.reload());
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    Bridges bridges() {
        return bridges;
    }

    BlockingQueue<SessionStart> starts() {
        return starts;
    }

    MeterRegistry meters() {
        return meters;
    }

    BlockingQueue<SessionEnd> reports() {
        return reports;
    }

    void all(Health health) {
        UpstreamPool pool = snapshot.pools().get(0);
        for (Upstream member : pool.members()) {
            pool.become(member, health, "test");
        }
    }

    @Override
    public void close() throws IOException, LifecycleException {
        bridges.close();
        tomcat.stop();
        tomcat.destroy();
        snapshot.pools().forEach(pool -> pool.client().close());
        forward.close();
    }
}
