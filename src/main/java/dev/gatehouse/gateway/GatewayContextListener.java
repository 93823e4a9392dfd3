package dev.gatehouse.gateway;

import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.observe.ExchangeLog;
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
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the gateway with its web application and stops it with it: reads the configuration, starts the probes and puts
 * the filters in order. If the configuration is refused, so is the application: better no gateway than a wrong one.
 * Called by the container, one thread at a time.
 */
public final class GatewayContextListener implements ServletContextListener {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayContextListener.class);
    private static final Duration FIRST_PROBES = Duration.ofSeconds(5); // PRB-11

    private final @Nullable GatewayConfiguration given;
    private @Nullable GatewayRuntime runtime;
    private @Nullable Bridges bridges;

    /** For {@code web.xml}: the configuration is found by context parameter, system property or environment. */
    public GatewayContextListener() {
        this.given = null;
    }

    /**
     * For a launcher that read the configuration already.
     *
     * @param configuration a valid configuration
     */
    public GatewayContextListener(GatewayConfiguration configuration) {
        this.given = configuration;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        GatewayConfiguration configuration = given == null ? DeployedConfiguration.load(context) : given;
        GatewayRuntime started = start(configuration);
        runtime = started;
        Bridges sessions = startSessions();
        bridges = sessions;
        addFilters(context, started, sessions);
        awaitFirstProbes(started);
    }

    private static GatewayRuntime start(GatewayConfiguration configuration) {
        try {
            return GatewayRuntime.start(configuration);
        } catch (TlsConfigurationException | AffinitySecretException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Bridges startSessions() {
        try {
            return Bridges.start(report -> LOG.debug("session ended: {}", report));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the WebSocket threads: " + e.getMessage(), e);
        }
    }

    // The order of request-processing.md: admission, check, check of the handshake, route, token, rewrite, WebSocket,
    // HTTP.
    private static void addFilters(ServletContext context, Supplier<Snapshot> snapshots, Bridges bridges) {
        ExchangeLog log = new ExchangeLog();
        Refusals refusals = new Refusals(snapshots, log);
        new FrontRefusals(snapshots, refusals, log).publish(context);
        add(context, "defect", new DefectFilter(refusals)); // first, so that it stands around all others
        add(context, "admission", new AdmissionFilter(snapshots, bridges::count, refusals));
        add(context, "requestCheck", new RequestCheckFilter(snapshots, refusals));
        add(context, "handshakeCheck", new HandshakeCheckFilter(snapshots, log));
        add(context, "routing", new RoutingFilter(snapshots, refusals));
        add(context, "token", new TokenFilter(refusals::fail));
        add(context, "rewrite", new RewriteFilter(refusals));
        add(context, "webSocket", new WebSocketFilter(bridges, log));
        add(context, "forward", new ForwardFilter(refusals));
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

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (bridges != null) {
            bridges.close();
        }
        if (runtime != null) {
            runtime.close();
        }
    }
}
