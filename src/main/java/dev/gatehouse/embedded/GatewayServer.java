package dev.gatehouse.embedded;

import dev.gatehouse.config.LoadResult;
import dev.gatehouse.gateway.ConfigurationSource;
import dev.gatehouse.gateway.GatewayContextListener;
import dev.gatehouse.gateway.GatewayContextListener.Launch;
import dev.gatehouse.gateway.Sockets;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import jakarta.servlet.ServletContextListener;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway on its sockets. Started once, stopped once; thread-safe. */
final class GatewayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);

    private final LiveSockets sockets;
    private final ServletContextListener application;

    private GatewayServer(LiveSockets sockets, ServletContextListener application) {
        this.sockets = sockets;
        this.application = application;
    }

    /**
     * Where a configuration came from.
     *
     * @param first what was read
     * @param source reads it again
     * @param began when the first reading began
     */
    record Files(LoadResult first, ConfigurationSource source, Instant began) {}

    /** The same for a configuration that comes from no file. */
    static GatewayServer start(SocketPlan plan, GatewayFactory factory) throws StartRefusedException {
        Launch none = Launch.of(plan.configuration());
        return start(plan, new Files(none.first(), none.source(), none.began()), factory);
    }

    /**
     * Starts all listeners that can be and the admin address, or nothing.
     *
     * @param plan what to open and serve
     * @param files where it came from
     * @param factory makes what serves it
     * @throws StartRefusedException if a socket cannot be had or the gateway does not start
     */
    static GatewayServer start(SocketPlan plan, Files files, GatewayFactory factory) throws StartRefusedException {
        plan.shut().forEach(LOG::error);
        Ports.requireFree(plan.all());
        LiveSockets sockets = new LiveSockets(plan);
        ServletContextListener application =
                factory.create(new Launch(plan.configuration(), files.first(), files.source(), sockets, files.began()));
        TomcatServer tomcat = TomcatServer.start(application);
        try {
            sockets.start(tomcat);
            return new GatewayServer(sockets, application);
        } catch (StartRefusedException | RuntimeException e) {
            tomcat.close();
            throw e;
        }
    }

    /** What a reload asks for sockets. */
    Sockets sockets() {
        return sockets;
    }

    /** Reads the files again and serves what they say, if they are right; the log tells what became of it. */
    void reload() {
        if (application instanceof GatewayContextListener gateway) {
            gateway.reload();
        }
    }

    /** One line per open listener: name, URL, and the hosts it answers for if not all; then one for the admin address. */
    void printListeners(PrintWriter out) {
        for (OpenSocket open : sockets.open()) {
            for (HttpListener listener : open.socket().listeners()) {
                String hosts = listener.isBasic() ? "" : "  for " + String.join(", ", listener.hostNames());
                out.println("listener " + listener.name() + "  " + url(open) + hosts);
            }
        }
        adminUrl().ifPresent(url -> out.println("admin  " + url));
    }

    /** The URL of each socket of listeners. */
    List<String> urls() {
        return sockets.open().stream()
                .filter(open -> open.socket().use() == ListenerSocket.Use.TRAFFIC)
                .map(GatewayServer::url)
                .toList();
    }

    /** The URL of the admin address, unless it is switched off. */
    Optional<String> adminUrl() {
        return sockets.open().stream()
                .filter(open -> open.socket().use() == ListenerSocket.Use.ADMIN)
                .map(GatewayServer::url)
                .findFirst();
    }

    /** Stops as {@link TomcatServer#stop} does. */
    @Override
    public void close() {
        sockets.stop();
    }

    private static String url(OpenSocket open) {
        ListenAddress address = open.socket().address();
        String host = switch (address.address()) {
            case "0.0.0.0" -> "127.0.0.1"; // what can be called, where every address was bound
            case "::" -> "::1";
            default -> address.address();
        };
        return open.socket().protocol().scheme() + "://" + HostText.join(host, open.localPort()) + "/";
    }
}
