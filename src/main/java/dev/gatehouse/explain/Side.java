package dev.gatehouse.explain;

import dev.gatehouse.explain.Site.Socket;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import dev.gatehouse.routing.Route;
import dev.gatehouse.routing.RouteTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One of two configurations that are compared: its sites, and where its route table leads. Confined to one comparison. */
final class Side {
    private final Labels labels;
    private final RouteTable routes;
    private final SortedMap<Site, List<HttpListener>> sites = new TreeMap<>();
    private final Map<Socket, ListenAddress> addresses = new TreeMap<>();
    private final IdentityHashMap<Route, String> outcomes = new IdentityHashMap<>();

    Side(GatewayConfiguration configuration, Labels labels) {
        this.labels = labels;
        this.routes = new RouteTable(configuration);
        // A listener that no rule names is not opened (VAL-15).
        for (RequestRoutingRule rule : configuration.gateway().requestRoutingRules()) {
            HttpListener listener = rule.httpListener();
            addresses.put(
                    Socket.of(configuration, listener),
                    configuration.local().listen().addressOf(listener));
            Site.of(configuration, listener)
                    .forEach(site -> sites.computeIfAbsent(site, key -> new ArrayList<>())
                            .add(listener));
        }
    }

    Labels labels() {
        return labels;
    }

    /** Open sites with the listeners that claim them, most often one. */
    SortedMap<Site, List<HttpListener>> sites() {
        return sites;
    }

    Optional<Route> route(Socket socket, String host, String path) {
        return Optional.ofNullable(addresses.get(socket))
                .flatMap(address -> routes.match(address.address(), address.port(), host, path));
    }

    /** What happens with a request that takes a route, in one line that is equal exactly if the same happens. */
    String outcome(Route route) {
        @Nullable String known = outcomes.get(route);
        if (known == null) {
            known = describe(route);
            outcomes.put(route, known);
        }
        return known;
    }

    private String describe(Route route) {
        SortedMap<String, Fact> extras = new TreeMap<>();
        add(extras, "", route.rule(), Set.of("name", "priority", "httpListener", "target", "urlPathMap"));
        @Nullable UrlPathMap map = route.rule().urlPathMap();
        if (map != null) {
            add(extras, "path map ", map, Set.of("name", "defaultTarget", "pathRules"));
        }
        @Nullable PathRule pathRule = route.pathRule();
        if (pathRule != null) {
            add(extras, "path rule ", pathRule, Set.of("name", "paths", "target"));
        }
        String goal = goal(route, extras);
        StringBuilder text = new StringBuilder(goal);
        extras.forEach((property, fact) ->
                text.append(", ").append(property).append(' ').append(fact));
        return text.toString();
    }

    /** What is not compared otherwise; nothing today, and whatever the model gains. */
    private void add(SortedMap<String, Fact> extras, String prefix, Record record, Set<String> except) {
        Facts.of(record, except, labels::of).forEach((property, fact) -> extras.put(prefix + property, fact));
    }

    private String goal(Route route, SortedMap<String, Fact> extras) {
        if (route.target() instanceof Target.Forward forward) {
            extras.putAll(Facts.of(forward, Set.of("pool", "settings"), labels::of));
            // REQ-33: the settings' path replaces what the pattern matched, so the pattern counts.
            if (forward.settings().path() != null) {
                String matched = route.pattern() == null ? "/" : route.pattern();
                extras.put("matched part", Fact.of(matched));
            }
            return "pool " + labels.of(forward.pool()) + " (settings " + labels.of(forward.settings()) + ")";
        }
        if (route.target() instanceof Target.Redirect redirect) {
            extras.putAll(Facts.of(redirect, Set.of("configuration"), labels::of));
            return "redirect " + labels.of(redirect.configuration());
        }
        throw new IllegalStateException("unknown target " + route.target());
    }
}
