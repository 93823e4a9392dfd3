package dev.gatehouse.routing;

import dev.gatehouse.model.ForwardingSettings;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All routes of one configuration, looked up by local socket, host and path (REQ-10 to REQ-23). Immutable, thread-safe;
 * a look-up allocates nothing.
 */
public final class RouteTable {
    private final Map<Integer, List<Socket>> socketsByPort = new HashMap<>();
    private final Map<String, RuleRoutes> routesByRule = new HashMap<>();
    private final Map<Target.Backends, Integer> targets = new LinkedHashMap<>();

    private record Socket(String address, SocketRoutes routes) {
        boolean covers(String localAddress) {
            return address.equals(localAddress) || address.equals("0.0.0.0") || address.equals("::");
        }
    }

    /**
     * Compiles a configuration. Listeners that share a local socket are told apart by host and priority alone (CFG-19).
     *
     * @param configuration a valid configuration
     */
    public RouteTable(GatewayConfiguration configuration) {
        Gateway gateway = configuration.gateway();
        ForwardingSettings forwarding = configuration.local().traffic().forwarding();
        Map<ListenAddress, List<RequestRoutingRule>> rulesBySocket = new LinkedHashMap<>();
        for (RequestRoutingRule rule : gateway.requestRoutingRules()) {
            routesByRule.put(rule.name(), new RuleRoutes(rule, forwarding, this::indexOf));
            rulesBySocket
                    .computeIfAbsent(
                            configuration.local().listen().addressOf(rule.httpListener()), key -> new ArrayList<>())
                    .add(rule);
        }
        rulesBySocket.forEach((socket, rules) -> socketsByPort
                .computeIfAbsent(socket.port(), key -> new ArrayList<>())
                .add(new Socket(socket.address(), new SocketRoutes(RuleOrder.of(gateway, rules), routesByRule))));
    }

    /**
     * The backends that routes lead to, each target once, at the position that {@link Route#forwardIndex()} names.
     *
     * @return an immutable list
     */
    public List<Target.Backends> targets() {
        return List.copyOf(targets.keySet());
    }

    /**
     * The pairs of pool and settings behind the {@link #targets()}, each once however many of them share it (PRB-1).
     *
     * @return an immutable list
     */
    public List<Target.Forward> forwards() {
        return targets.keySet().stream()
                .flatMap(target -> target.pairs().stream())
                .distinct()
                .toList();
    }

    /**
     * Finds the route of a request.
     *
     * @param localAddress address the client connected to, as text
     * @param localPort port the client connected to
     * @param host host of the request, as {@link RequestHost} gives it
     * @param path path to match, as {@link RequestPath#matched()}
     * @param facts what else advanced routing asks of it (section 4.18)
     * @return the route; empty if no listener is for this socket and host (REQ-13)
     */
    public Optional<Route> match(String localAddress, int localPort, String host, String path, RequestFacts facts) {
        @Nullable SocketRoutes socket = socketOf(localAddress, localPort);
        return socket == null ? Optional.empty() : socket.match(host, path, facts);
    }

    /**
     * Finds the listener of a request, whatever its path and the rest of it.
     *
     * @param localAddress address the client connected to, as text
     * @param localPort port the client connected to
     * @param host host of the request, as {@link RequestHost} gives it
     * @return empty if no listener is for this socket and host (REQ-13)
     */
    public Optional<HttpListener> listener(String localAddress, int localPort, String host) {
        return Optional.ofNullable(socketOf(localAddress, localPort)).flatMap(socket -> socket.listener(host));
    }

    /**
     * Tells how the advanced routing map of a route's rule chose it (section 4.18).
     *
     * @param route a route of this table
     * @param path the path that was matched
     * @param facts what else was asked of the request
     * @return its rules as they were asked, up to the one that took it; none for other rules
     */
    public List<AdvancedTrace> advancedTrace(Route route, String path, RequestFacts facts) {
        @Nullable RuleRoutes routes = routesByRule.get(route.rule().name());
        return routes == null ? List.of() : routes.trace(path, facts);
    }

    /**
     * Finds the listener for which a TLS connection was made: the one whose certificate its client got (TLS-10).
     *
     * @param localAddress address the client connected to, as text
     * @param localPort port the client connected to
     * @param serverName the name it asked for, lower case; empty if it asked for none
     * @return empty if no listener is for this socket
     */
    public Optional<HttpListener> certified(String localAddress, int localPort, String serverName) {
        return Optional.ofNullable(socketOf(localAddress, localPort)).map(socket -> socket.certified(serverName));
    }

    /**
     * Matches the path map of a route's rule again, after the path was rewritten (REQ-32).
     *
     * @param route a route of this table
     * @param path the new path, as {@link RequestPath#matched()}
     * @return where the same rule leads now
     */
    public Optional<Route> rematch(Route route, String path) {
        @Nullable RuleRoutes routes = routesByRule.get(route.rule().name());
        return routes == null ? Optional.empty() : routes.match(path);
    }

    /**
     * Tells how {@link #match} chooses the rule of a request.
     *
     * @param localAddress address the client connected to, as text
     * @param localPort port the client connected to
     * @param host host of the request, as {@link RequestHost} gives it
     * @return empty if no listener is for this socket
     */
    public Optional<RouteTrace> trace(String localAddress, int localPort, String host) {
        @Nullable SocketRoutes socket = socketOf(localAddress, localPort);
        return socket == null ? Optional.empty() : Optional.of(socket.trace(host));
    }

    private @Nullable SocketRoutes socketOf(String localAddress, int localPort) {
        @Nullable List<Socket> sockets = socketsByPort.get(localPort);
        if (sockets == null) {
            return null;
        }
        for (Socket socket : sockets) {
            if (sockets.size() == 1 || socket.covers(localAddress)) {
                return socket.routes();
            }
        }
        return null;
    }

    private int indexOf(Target target) {
        if (!(target instanceof Target.Backends backends)) {
            return -1;
        }
        int next = targets.size();
        @Nullable Integer known = targets.putIfAbsent(backends, next);
        return known == null ? next : known;
    }
}
