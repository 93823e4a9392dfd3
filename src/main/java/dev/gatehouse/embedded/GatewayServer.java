package dev.gatehouse.embedded;

import dev.gatehouse.gateway.Sockets;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway on its sockets. Started once, stopped once; thread-safe. */
final class GatewayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);

    private final LiveSockets sockets;

    private GatewayServer(LiveSockets sockets) {
        this.sockets = sockets;
    }

    /**
     * Starts all listeners that can be and the admin address, or nothing.
     *
     * @param plan what to open and serve
     * @throws StartRefusedException if a socket cannot be had or the gateway does not start
     */
    static GatewayServer start(SocketPlan plan, GatewayFactory factory) throws StartRefusedException {
        plan.shut().forEach(LOG::error);
        Ports.requireFree(plan.all());
        LiveSockets sockets = new LiveSockets(plan);
        TomcatServer tomcat = TomcatServer.start(factory.create(plan.configuration(), sockets));
        try {
            sockets.start(tomcat);
            return new GatewayServer(sockets);
        } catch (StartRefusedException | RuntimeException e) {
            tomcat.close();
            throw e;
        }
    }

    /** What a reload asks for sockets. */
    Sockets sockets() {
        return sockets;
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
