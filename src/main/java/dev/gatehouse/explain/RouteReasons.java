package dev.gatehouse.explain;

import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.Origin;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.RoutingCondition;
import dev.gatehouse.model.UrlPathMap;
import dev.gatehouse.routing.AdvancedTrace;
import dev.gatehouse.routing.Route;
import dev.gatehouse.routing.RouteTrace;
import dev.gatehouse.routing.RouteTrace.Candidate;
import dev.gatehouse.routing.RouteTrace.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a request has its socket, listener, rule and path rule. Stateless but for the places. */
final class RouteReasons {
    private static final int MOST = 8;

    private final Reasons reasons;

    RouteReasons(Reasons reasons) {
        this.reasons = reasons;
    }

    void socket(Entrance entrance, DescribedRequest request, Account account) {
        HttpListener listener = entrance.listener();
        String port = listener.frontendPort().name();
        int number = listener.frontendPort().port();
        String text = entrance.isFrontendPort()
                ? "port " + number + " is frontend port \"" + port + "\""
                : "no listener has frontend port " + request.parsed().port() + "; on this machine it is that of"
                        + " frontend port " + number + " (\"" + port + "\")";
        account.because(Step.SOCKET, reasons.of("frontendPorts/" + port, "port"), text);
        mapping(entrance.socket(), number, account);
        if (!entrance.others().isEmpty()) {
            account.because(
                    Step.SOCKET,
                    reasons.of("frontendIPConfigurations/" + Entrance.frontendOf(listener), "name"),
                    "taken to come in by frontend \"" + Entrance.frontendOf(listener) + "\"; the port is also open on "
                            + quoted(entrance.others()) + " (choose with --frontend)");
        }
    }

    private void mapping(ListenAddress socket, int number, Account account) {
        String key = Integer.toString(number);
        if (socket.port() != number) {
            account.because(Step.SOCKET, reasons.of("local/listen/ports", key), "the local file opens it as " + socket);
        }
    }

    /** Nobody on the socket takes the host (REQ-13). */
    void noListener(String host, RouteTrace trace, Account account) {
        List<String> names =
                trace.asked().stream().map(Candidate::hostName).distinct().toList();
        account.because(
                Step.LISTENER, "the listeners of this port answer for " + quoted(names) + ", not for \"" + host + '"');
    }

    /** The TLS connection is another listener's, and the one for the host wants certificates (REQ-14). */
    void misdirected(String serverName, HttpListener certified, Account account) {
        String name = serverName.isEmpty() ? "no name" : "the name \"" + serverName + '"';
        account.because(
                Step.LISTENER,
                reasons.of("httpListeners/" + certified.name(), "name"),
                "the TLS connection, made for " + name + ", is that of listener \"" + certified.name()
                        + "\"; the Host leads to another one, whose clients must show a certificate");
    }

    void route(Routed routed, RouteTrace trace, Account account) {
        Route route = routed.route();
        @Nullable PathRule pathRule = route.pathRule();
        account.listener(route.listener().name());
        AdvancedRoutingMap.@Nullable Rule advancedRule = route.advancedRule();
        @Nullable String taken = advancedRule == null ? null : advancedRule.name();
        account.rule(route.rule().name(), pathRule == null ? taken : pathRule.name());
        trace.chosen().ifPresent(chosen -> {
            listener(chosen, routed.host(), account);
            rule(chosen, trace, account);
        });
        @Nullable UrlPathMap map = route.rule().urlPathMap();
        if (map != null) {
            path(map, routed, account);
        }
    }

    /** Why an advanced routing map leads where it does (section 4.18). */
    void advanced(AdvancedRoutingMap map, List<AdvancedTrace> asked, Account account) {
        String element = "advancedRoutingMaps/" + map.name();
        for (AdvancedTrace each : asked) {
            AdvancedRoutingMap.Rule rule = each.rule();
            String set = "set \"" + rule.conditions().name() + '"';
            @Nullable RoutingCondition failing = each.failing();
            account.because(
                    Step.PATH_RULE,
                    reasons.of(element + "/advancedRoutingRules/" + rule.name(), "priority"),
                    "advanced rule \"" + rule.name() + "\" (priority " + rule.priority() + ") "
                            + (failing == null
                                    ? "takes the request: every condition of " + set + " holds"
                                    : "does not: in " + set + " the " + words(failing) + " does not hold"));
            if (failing == null) {
                return;
            }
        }
        account.because(
                Step.PATH_RULE,
                reasons.of(element, "name"),
                "no rule of map \"" + map.name() + "\" takes the request; its default applies");
    }

    private static String words(RoutingCondition condition) {
        String name = condition.propertyName() == null ? "" : " \"" + condition.propertyName() + '"';
        return switch (condition.type()) {
            case HEADER -> "condition on header" + name;
            case QUERY_STRING -> "condition on query parameter" + name;
            case PATH -> "condition on the path";
            case CLIENT_IP -> "condition on the client's address";
            case METHOD -> "condition on the method";
        };
    }

    private void listener(Candidate chosen, String host, Account account) {
        String element = "httpListeners/" + chosen.rule().httpListener().name();
        if (chosen.isBasic()) {
            account.because(
                    Step.LISTENER,
                    reasons.of(element, "name"),
                    "it has no host name and so takes any, here \"" + host + '"');
        } else {
            String text = chosen.isWildcard()
                    ? "host \"" + host + "\" fits the wildcard \"" + chosen.hostName() + '"'
                    : "host \"" + host + "\" is this name";
            account.because(Step.LISTENER, reasons.saying(element, chosen.hostName(), "hostNames", "hostName"), text);
        }
        reasons.addNotes(Step.LISTENER, element, account);
    }

    private void rule(Candidate chosen, RouteTrace trace, Account account) {
        String text = switch (trace.order()) {
            case PRIORITY ->
                "priority " + chosen.rule().priority()
                        + ": the first in ascending priority whose listener takes the host";
            case FILE -> "the first in the order of the file (no priorities) whose listener takes the host";
            case KIND_OF_NAME ->
                "the first whose listener takes the host, exact names before wildcards before any"
                        + " host (not every rule has a priority)";
        };
        account.because(Step.RULE, priorityOf(chosen.rule()), text);
        int earlier = trace.asked().indexOf(chosen);
        if (earlier > 0) {
            account.because(
                    Step.RULE,
                    earlier + (earlier == 1 ? " host name" : " host names") + " asked before do not fit: "
                            + names(trace, earlier));
        }
        List<Candidate> later = trace.with(Verdict.LATER).stream()
                .filter(candidate -> !candidate.rule().equals(chosen.rule()))
                .toList();
        for (Candidate candidate : later.subList(0, Math.min(MOST, later.size()))) {
            account.because(Step.RULE, priorityOf(candidate.rule()), tooLate(candidate));
        }
        if (later.size() > MOST) {
            account.because(Step.RULE, (later.size() - MOST) + " more would take the host, but are asked later");
        }
        reasons.addNotes(Step.RULE, "requestRoutingRules/" + chosen.rule().name(), account);
    }

    private static String tooLate(Candidate candidate) {
        RequestRoutingRule rule = candidate.rule();
        String priority = rule.priority() == null ? "" : ", priority " + rule.priority();
        return "rule \"" + rule.name() + "\" (listener \"" + rule.httpListener().name() + '"' + priority
                + ") would take the host too, but is asked later";
    }

    private static String names(RouteTrace trace, int earlier) {
        return quoted(trace.asked().subList(0, earlier).stream()
                .map(Candidate::hostName)
                .toList());
    }

    private Optional<Origin> priorityOf(RequestRoutingRule rule) {
        return reasons.of("requestRoutingRules/" + rule.name(), "priority");
    }

    private void path(UrlPathMap map, Routed routed, Account account) {
        Route route = routed.route();
        String element = "urlPathMaps/" + map.name();
        @Nullable PathRule pathRule = route.pathRule();
        @Nullable String pattern = route.pattern();
        String path = routed.path().matched();
        if (!path.equals(routed.request().path())) {
            account.because(Step.PATH_RULE, "compared as \"" + path + "\", without dot segments and needless escapes");
        }
        if (pathRule == null || pattern == null) {
            account.because(
                    Step.PATH_RULE,
                    reasons.of(element, "name"),
                    "no path rule of map \"" + map.name() + "\" fits \"" + path + "\"; its default applies");
        } else {
            String rule = element + "/pathRules/" + pathRule.name();
            account.because(
                    Step.PATH_RULE,
                    reasons.saying(rule, pattern, "paths"),
                    "the first pattern in map \"" + map.name() + "\" that fits \"" + path + "\" is \"" + pattern + '"');
            reasons.addNotes(Step.PATH_RULE, rule, account);
        }
        if (pathRule == null) {
            reasons.addNotes(Step.PATH_RULE, element, account);
        }
    }

    private static String quoted(List<String> names) {
        String shown = names.stream().limit(MOST).map(name -> '"' + name + '"').collect(Collectors.joining(", "));
        return names.size() <= MOST ? shown : shown + " and " + (names.size() - MOST) + " more";
    }
}
