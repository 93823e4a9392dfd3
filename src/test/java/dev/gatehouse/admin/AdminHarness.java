package dev.gatehouse.admin;

import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.Target;
import dev.gatehouse.observe.Metrics;
import dev.gatehouse.tls.BackendTls;
import dev.gatehouse.upstream.BackendClient;
import dev.gatehouse.upstream.UpstreamPool;
import dev.gatehouse.websocket.SessionView;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The filter on an embedded Tomcat with two connectors: the admin address, and a listener with traffic behind it. */
final class AdminHarness implements LiveGateway, AutoCloseable {
    static final String GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop-rg";
    static final String ID = GROUP + "/providers/Microsoft.Network/applicationGateways/shop";

    private final Tomcat tomcat = new Tomcat();
    private final Connector admin = new Connector();
    private final Connector listener = new Connector();
    private final List<BackendClient> clients = new ArrayList<>();
    private final List<UpstreamPool> pools = new ArrayList<>();
    final List<BackendAddressPool> unserved = new ArrayList<>();
    final Sessions sessions = new Sessions();
    final Metrics metrics = new Metrics();
    volatile Optional<String> whyNotReady = Optional.empty();
    volatile Optional<ListenAddress> address = Optional.empty();
    volatile Reloads reloads = () -> {
        throw new IllegalStateException("not expected");
    };
    volatile OnDemandProbing probing = (pool, probe) -> {
        throw new IllegalStateException("not expected");
    };

    AdminHarness() throws LifecycleException {
        this("127.0.0.1");
    }

    AdminHarness(String bind) throws LifecycleException {
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        for (Connector connector : List.of(admin, listener)) {
            connector.setPort(0);
            connector.setProperty("address", connector == admin ? bind : "127.0.0.1");
            tomcat.getService().addConnector(connector);
        }
        tomcat.setConnector(admin);
        Context context = tomcat.addContext("", new File(".").getAbsolutePath());
        Tomcat.addServlet(context, "traffic", new HttpServlet() {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected void service(HttpServletRequest request, HttpServletResponse response)
                            throws IOException {
                        response.getWriter().print("traffic");
                    }
                })
                .addMapping("/");
        addFilter(
                context,
                new AdminFilter(
                        () -> address, this, () -> reloads.reload(), (p, q) -> probing.probe(p, q), sessions, metrics));
        tomcat.start();
        address = Optional.of(new ListenAddress(bind, adminPort()));
    }

    /** Sessions that a test says are open. */
    static final class Sessions implements LiveSessions {
        final List<SessionView> open = new CopyOnWriteArrayList<>();
        final List<String> ended = new CopyOnWriteArrayList<>();

        @Override
        public List<SessionView> views() {
            return open;
        }

        @Override
        public boolean end(String id, int code, String reason) {
            if (code < 1000) {
                throw new IllegalArgumentException("close code: " + code);
            }
            ended.add(id + ' ' + code + ' ' + reason);
            return open.stream().anyMatch(session -> session.start().traceId().equals(id));
        }
    }

    private static void addFilter(Context context, AdminFilter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("admin");
        definition.setFilter(filter);
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("admin");
        map.addURLPattern("/*");
        context.addFilterMap(map);
    }

    static BackendHttpSettings settings(String name) {
        return new BackendHttpSettings(
                name,
                80,
                Protocol.HTTP,
                Duration.ofSeconds(20),
                null,
                HostOverride.NONE,
                null,
                CookieAffinity.OFF,
                ConnectionDraining.DEFAULT,
                BackendTlsRules.DEFAULT,
                false);
    }

    /** A pair that is served. */
    UpstreamPool pair(String pool, BackendHttpSettings settings, BackendAddress... members) throws Exception {
        BackendClient client = new BackendClient(settings, new BackendTls(settings, LocalSettings.DEFAULT));
        clients.add(client);
        UpstreamPool pair = new UpstreamPool(
                new Target.Forward(new BackendAddressPool(pool, List.of(members)), settings),
                AddressMap.NONE,
                client,
                (a, b, c, d) -> {});
        pools.add(pair);
        return pair;
    }

    int adminPort() {
        return admin.getLocalPort();
    }

    int listenerPort() {
        return listener.getLocalPort();
    }

    Answered get(String target, String... headers) throws IOException {
        return Answered.to(adminPort(), "GET", target, "", headers);
    }

    Answered post(String target, String body, String... headers) throws IOException {
        return Answered.to(adminPort(), "POST", target, body, headers);
    }

    @Override
    public Optional<String> whyNotReady() {
        return whyNotReady;
    }

    @Override
    public Gateway gateway() {
        List<BackendAddressPool> known = new ArrayList<>(unserved);
        pools.forEach(pair -> known.add(pair.pair().pool()));
        Gateway plain = new Gateway(
                "shop",
                false,
                false,
                false,
                List.of(),
                List.of(),
                known,
                pools.stream().map(UpstreamPool::settings).toList(),
                List.of());
        return new Gateway(
                plain.name(),
                ID,
                plain.isV1(),
                plain.enableHttp2(),
                plain.globalConfiguration(),
                plain.sslCertificates(),
                plain.httpListeners(),
                plain.backendAddressPools(),
                plain.backendHttpSettings(),
                plain.requestRoutingRules(),
                plain.ruleParts(),
                plain.customErrorPages(),
                plain.tls(),
                plain.layerFour());
    }

    @Override
    public List<UpstreamPool> pools() {
        return List.copyOf(pools);
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        clients.forEach(BackendClient::close);
    }
}
