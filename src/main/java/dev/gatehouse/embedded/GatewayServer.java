package dev.gatehouse.embedded;

import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway on its sockets. Started once, stopped once; thread-safe. */
final class GatewayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final Duration GRACEFUL_STOP = Duration.ofMillis(Long.getLong("gatehouse.stopMillis", 8_000));

    private final SocketPlan plan;
    private final TomcatServer tomcat;

    private GatewayServer(SocketPlan plan, TomcatServer tomcat) {
        this.plan = plan;
        this.tomcat = tomcat;
    }

    /**
     * Starts all listeners that can be, or nothing.
     *
     * @param plan what to open and serve
     * @throws StartRefusedException if a socket cannot be had or the gateway does not start
     */
    static GatewayServer start(SocketPlan plan, GatewayFactory factory) throws StartRefusedException {
        plan.shut().forEach(LOG::error);
        GatewayConfiguration served = plan.configuration();
        return new GatewayServer(plan, TomcatServer.start(plan.sockets(), factory.create(served), GRACEFUL_STOP));
    }

    /** One line per open listener: name, URL, and the hosts it answers for if not all. */
    void printListeners(PrintWriter out) {
        for (int i = 0; i < plan.sockets().size(); i++) {
            ListenerSocket socket = plan.sockets().get(i);
            String url = url(socket, tomcat.localPorts().get(i));
            for (HttpListener listener : socket.listeners()) {
                String hosts = listener.isBasic() ? "" : "  for " + String.join(", ", listener.hostNames());
                out.println("listener " + listener.name() + "  " + url + hosts);
            }
        }
    }

    /** The URL of each socket. */
    List<String> urls() {
        List<Integer> ports = tomcat.localPorts();
        return plan.sockets().stream()
                .map(socket -> url(socket, ports.get(plan.sockets().indexOf(socket))))
                .toList();
    }

    /** Stops as {@link TomcatServer#close()} does. */
    @Override
    public void close() {
        tomcat.close();
    }

    private static String url(ListenerSocket socket, int port) {
        ListenAddress address = socket.address();
        String host = switch (address.address()) {
            case "0.0.0.0" -> "127.0.0.1"; // what can be called, where every address was bound
            case "::" -> "::1";
            default -> address.address();
        };
        return socket.protocol().scheme() + "://" + HostText.join(host, port) + "/";
    }
}
