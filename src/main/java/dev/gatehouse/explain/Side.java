package dev.gatehouse.explain;

import dev.gatehouse.explain.Site.Socket;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.RewriteRuleSet;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import dev.gatehouse.routing.RequestFacts;
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
                .flatMap(address -> routes.match(address.address(), address.port(), host, path, RequestFacts.BARE));
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
        add(
                extras,
                "",
                route.rule(),
                Set.of("name", "priority", "httpListener", "target", "urlPathMap", "rewriteRuleSet"));
        @Nullable UrlPathMap map = route.rule().urlPathMap();
        if (map != null) {
            add(extras, "path map ", map, Set.of("name", "defaultTarget", "defaultRewriteRuleSet", "pathRules"));
        }
        @Nullable PathRule pathRule = route.pathRule();
        if (pathRule != null) {
            add(extras, "path rule ", pathRule, Set.of("name", "paths", "target", "rewriteRuleSet"));
        }
        @Nullable RewriteRuleSet rewrites = route.rewriteRuleSet(); // REQ-28
        if (rewrites != null) {
            extras.put("rewrite set", Fact.of(labels.of(rewrites)));
        }
        String goal = goal(route, extras);
        StringBuilder text = new StringBuilder(goal);
        extras.forEach((property, fact) ->
                text.append(", ").append(property).append(' ').append(fact));
        return text.toString();
    }

    /** What is not compared otherwise: token checks, and whatever the model gains. */
    private void add(SortedMap<String, Fact> extras, String prefix, Record record, Set<String> except) {
        Facts.of(record, except, labels::of).forEach((property, fact) -> extras.put(prefix + property, fact));
    }

    private String goal(Route route, SortedMap<String, Fact> extras) {
        Target target = route.target();
        extras.putAll(Facts.of((Record) target, Set.of("pool", "policy", "settings", "configuration"), labels::of));
        // REQ-33: the settings' path replaces what the pattern matched, so the pattern counts.
        if (settings(target).map(BackendHttpSettings::path).isPresent()) {
            String matched = route.pattern() == null ? "/" : route.pattern();
            extras.put("matched part", Fact.of(matched));
        }
        return Phrases.target(target, labels::of);
    }

    private static Optional<BackendHttpSettings> settings(Target target) {
        if (target instanceof Target.Distribute distribute) {
            return Optional.of(distribute.settings());
        }
        return target instanceof Target.Forward forward ? Optional.of(forward.settings()) : Optional.empty();
    }
}
