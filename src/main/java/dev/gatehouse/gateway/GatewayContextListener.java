package dev.gatehouse.gateway;

import dev.gatehouse.admin.AdminFilter;
import dev.gatehouse.admin.LiveGateway;
import dev.gatehouse.admin.ReloadReport;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.exchange.InFlight;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.health.OnDemandProbes;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.Origins;
import dev.gatehouse.observe.AccessLog;
import dev.gatehouse.observe.ExchangeLog;
import dev.gatehouse.observe.GatewayMetrics;
import dev.gatehouse.observe.Metrics;
import dev.gatehouse.observe.RequestMetrics;
import dev.gatehouse.observe.RequestObserver;
import dev.gatehouse.observe.SessionJournal;
import dev.gatehouse.observe.SessionMetrics;
import dev.gatehouse.proxy.AccessFilter;
import dev.gatehouse.proxy.AdmissionFilter;
import dev.gatehouse.proxy.DefectFilter;
import dev.gatehouse.proxy.ForwardFilter;
import dev.gatehouse.proxy.Refusals;
import dev.gatehouse.proxy.RequestCheckFilter;
import dev.gatehouse.proxy.RewriteFilter;
import dev.gatehouse.proxy.RoutingFilter;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.token.TokenFilter;
import dev.gatehouse.upstream.AffinitySecretException;
import dev.gatehouse.upstream.UpstreamListener;
import dev.gatehouse.websocket.Bridges;
import dev.gatehouse.websocket.HandshakeCheckFilter;
import dev.gatehouse.websocket.WebSocketFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the gateway with its web application and stops it with it: reads the configuration, starts the probes and puts
 * the filters in order. If the configuration is refused, so is the application: better no gateway than a wrong one.
 * Called by the container, one thread at a time.
 */
public final class GatewayContextListener implements ServletContextListener, Stopping {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayContextListener.class);
    private static final Duration FIRST_PROBES = Duration.ofSeconds(5); // PRB-11
    private static final Duration CONNECTORS_OPEN = Duration.ofMinutes(1);

    private final @Nullable Launch launch;
    private @Nullable GatewayRuntime runtime;
    private @Nullable Bridges bridges;
    private @Nullable Drains drains;
    private @Nullable Reloader reloader;
    private @Nullable OnDemandProbes onDemand;
    private @Nullable ForwardFilter forward;
    private @Nullable Metrics metrics;
    private @Nullable AccessLog accessLog;
    private @Nullable ConnectorCheck connectors;
    private volatile boolean isStopping;

    /**
     * What a launcher hands over that read the files already.
     *
     * @param served what is to be served: of the configuration read, what has its sockets
     * @param first what was read
     * @param source reads the files again
     * @param sockets opens and closes those of the listeners
     * @param began when reading began
     */
    public record Launch(
            GatewayConfiguration served, LoadResult first, ConfigurationSource source, Sockets sockets, Instant began) {
        /**
         * A configuration that comes from no file: a reload finds it unchanged.
         *
         * @param configuration a valid configuration
         * @return opens no sockets
         */
        public static Launch of(GatewayConfiguration configuration) {
            LoadResult first = new LoadResult(
                    Optional.of(configuration), List.of(), "unknown", List.of(), Origins.NONE, Optional.empty());
            return new Launch(configuration, first, () -> first, Sockets.FOREIGN, Instant.now());
        }
    }

    /** For {@code web.xml}: the configuration is found by context parameter, system property or environment. */
    public GatewayContextListener() {
        this.launch = null;
    }

    /**
     * For a configuration that comes from no file: a reload finds it unchanged.
     *
     * @param configuration a valid configuration
     */
    public GatewayContextListener(GatewayConfiguration configuration) {
        this(Launch.of(configuration));
    }

    /**
     * For a launcher that read the configuration already.
     *
     * @param launch a valid configuration, and where it came from
     */
    public GatewayContextListener(Launch launch) {
        this.launch = launch;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Launch begun = launch == null ? deployed(context, new ConnectorCheck(CONNECTORS_OPEN)) : launch;
        Metrics numbers = new Metrics();
        metrics = numbers;
        SessionMetrics ofSessions = new SessionMetrics(numbers.registry());
        AccessLog lines = AccessLog.start(begun.served().local().accessLog(), Clock.systemUTC(), System.out);
        accessLog = lines;
        Bridges sessions = startSessions(ofSessions, lines);
        bridges = sessions;
        InFlight requests = new InFlight();
        Drains leaving = new Drains(sessions, requests, begun.served().local().webSocket());
        drains = leaving;
        RequestMetrics ofRequests = new RequestMetrics(numbers.registry());
        Told told = new Told(leaving, lines, ofRequests);
        GatewayRuntime started = start(begun.served(), told);
        runtime = started;
        Reloader files = new Reloader(begun.source(), begun.sockets(), started, leaving, told::reloaded);
        reloader = files;
        LiveGateway live = new RunningGateway(started, () -> isStopping, files::unserved);
        told.start(
                new GatewayMetrics(
                        numbers,
                        started::pools,
                        () -> GatewayMetrics.underWay(requests, ofSessions),
                        () -> live.whyNotReady().isEmpty(),
                        lines),
                begun.served());
        addAdmin(context, begun.sockets(), live, files, sessions, numbers);
        addFilters(context, started, sessions, requests, ofSessions, new RequestObserver(lines, ofRequests));
        awaitFirstProbes(started);
        files.start(begun.first(), begun.began());
        if (begun.sockets() instanceof ContainerSockets foreign) {
            connectors = foreign.check();
            foreign.check().look(begun.served());
        }
    }

    private static Launch deployed(ServletContext context, ConnectorCheck check) {
        ConfigurationSource source = DeployedConfiguration.of(context);
        Instant began = Instant.now();
        LoadResult first = source.load();
        return new Launch(DeployedConfiguration.accepted(first), first, source, new ContainerSockets(check), began);
    }

    private static GatewayRuntime start(GatewayConfiguration configuration, UpstreamListener ears) {
        try {
            return GatewayRuntime.start(configuration, ears);
        } catch (TlsConfigurationException | AffinitySecretException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Bridges startSessions(SessionMetrics metrics, SessionJournal journal) {
        try {
            return Bridges.start(metrics, journal);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the WebSocket threads: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the files again. Only while the application runs.
     *
     * @return what became of it
     */
    public ReloadReport reload() {
        Reloader files = reloader;
        if (files == null) {
            throw new IllegalStateException("application: not started (expected: running)");
        }
        return files.reload();
    }

    private void addAdmin(
            ServletContext context,
            Sockets sockets,
            LiveGateway live,
            Reloader files,
            Bridges bridges,
            Metrics numbers) {
        OnDemandProbes probes = new OnDemandProbes(Clock.systemUTC());
        onDemand = probes;
        AdminFilter filter = new AdminFilter(
                () -> sockets.admin(snapshot().configuration().local().admin()),
                live,
                files,
                probes::probe,
                new RunningSessions(bridges),
                numbers);
        add(context, "admin", filter); // before all others: it alone tells operators from clients
    }

    // The order of request-processing.md, within what watches over all of it: admission, check, check of the handshake,
    // route, token, rewrite, WebSocket,
    // HTTP.
    private void addFilters(
            ServletContext context,
            Supplier<Snapshot> snapshots,
            Bridges bridges,
            InFlight requests,
            SessionMetrics ofSessions,
            RequestObserver observer) {
        ExchangeLog log = new ExchangeLog();
        Refusals refusals = new Refusals(snapshots, log);
        new FrontRefusals(snapshots, refusals, log, observer).publish(context);
        add(context, "access", new AccessFilter(observer));
        add(context, "defect", new DefectFilter(refusals)); // so that it stands around all that may break
        add(context, "admission", new AdmissionFilter(snapshots, bridges::count, refusals));
        add(context, "requestCheck", new RequestCheckFilter(snapshots, refusals));
        add(context, "handshakeCheck", new HandshakeCheckFilter(snapshots, log, ofSessions));
        add(context, "routing", new RoutingFilter(snapshots, refusals));
        add(context, "token", new TokenFilter(refusals::fail));
        add(context, "rewrite", new RewriteFilter(refusals));
        add(context, "webSocket", new WebSocketFilter(bridges, log));
        ForwardFilter last = new ForwardFilter(refusals, requests);
        forward = last;
        add(context, "forward", last);
    }

    private static void add(ServletContext context, String name, Filter filter) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    private static void awaitFirstProbes(GatewayRuntime runtime) {
        try {
            if (!runtime.awaitFirstProbes(FIRST_PROBES)) {
                LOG.warn("serving before every backend was probed once; they get traffic as they answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What is served now. Only while the application runs.
     *
     * @return the snapshot in force
     */
    public Snapshot snapshot() {
        GatewayRuntime serving = runtime;
        if (serving == null) {
            throw new IllegalStateException("application: not started (expected: running)");
        }
        return serving.get();
    }

    @Override
    public void beginStop() {
        isStopping = true;
        Bridges sessions = bridges;
        if (sessions != null) {
            sessions.beginClose();
        }
    }

    @Override
    public boolean hasSessions() {
        Bridges sessions = bridges;
        return sessions != null && sessions.count() > 0;
    }

    // From those who begin things to those who carry them.
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        isStopping = true;
        ForwardFilter requests = forward;
        if (requests != null) {
            requests.beginStop();
        }
        close(connectors);
        close(onDemand);
        close(reloader);
        close(drains);
        close(bridges);
        close(runtime);
        close(metrics);
        close(forward); // what it drains from backends has been cut now
        close(accessLog);
    }

    private static void close(@Nullable AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            LOG.error("a part of the gateway did not close", e); // the others close all the same
        }
    }
}
