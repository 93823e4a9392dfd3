package dev.gatehouse.routing;

import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.ForwardingSettings;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.RewriteRuleSet;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one rule: one for Basic, one per pattern or advanced rule and the default for a map. Immutable after
 * construction.
 */
final class RuleRoutes {
    private final PathTrie patterns = new PathTrie();
    private final List<Optional<Route>> byPattern = new ArrayList<>();
    private final Optional<Route> otherwise;
    private final @Nullable AdvancedRoutes advanced;
    private final ForwardingSettings forwarding;

    /** Numbers the targets while routes are made. */
    interface Numbering {
        int indexOf(Target target);
    }

    RuleRoutes(RequestRoutingRule rule, ForwardingSettings forwarding, Numbering numbering) {
        this.forwarding = forwarding;
        @Nullable UrlPathMap map = rule.urlPathMap();
        @Nullable AdvancedRoutingMap advancedMap = rule.advancedRoutingMap();
        advanced = advancedMap == null ? null : advanced(rule, advancedMap, numbering);
        if (advancedMap != null) {
            otherwise = route(rule, advancedMap.defaultTarget(), advancedMap.defaultRewriteRuleSet(), numbering);
            return;
        }
        if (map == null) {
            otherwise = route(rule, Objects.requireNonNull(rule.target()), rule.rewriteRuleSet(), numbering);
            return;
        }
        for (PathRule pathRule : map.pathRules()) {
            for (String pattern : pathRule.paths()) {
                patterns.add(pattern);
                byPattern.add(Optional.of(new Route(
                        rule.httpListener(),
                        rule,
                        pathRule,
                        pattern,
                        null,
                        pathRule.target(),
                        pathRule.rewriteRuleSet(),
                        numbering.indexOf(pathRule.target()),
                        forwarding)));
            }
        }
        otherwise = route(rule, map.defaultTarget(), map.defaultRewriteRuleSet(), numbering);
    }

    private AdvancedRoutes advanced(RequestRoutingRule rule, AdvancedRoutingMap map, Numbering numbering) {
        AdvancedRoutes routes = new AdvancedRoutes();
        for (AdvancedRoutingMap.Rule each : map.rules()) {
            int index = numbering.indexOf(each.target());
            routes.add(
                    each,
                    Optional.of(new Route(
                            rule.httpListener(),
                            rule,
                            null,
                            null,
                            each,
                            each.target(),
                            each.rewriteRuleSet(),
                            index,
                            forwarding)));
        }
        return routes;
    }

    private Optional<Route> route(
            RequestRoutingRule rule, Target target, @Nullable RewriteRuleSet rewrites, Numbering numbering) {
        return Optional.of(new Route(
                rule.httpListener(), rule, null, null, null, target, rewrites, numbering.indexOf(target), forwarding));
    }

    Optional<Route> match(String path, RequestFacts facts) {
        if (advanced != null) {
            Optional<Route> taken = advanced.match(path, facts);
            return taken.isPresent() ? taken : otherwise;
        }
        return match(path);
    }

    /** By path alone: the default of an advanced routing map. */
    Optional<Route> match(String path) {
        int found = byPattern.isEmpty() ? -1 : patterns.find(path);
        return found < 0 ? otherwise : byPattern.get(found);
    }

    List<AdvancedTrace> trace(String path, RequestFacts facts) {
        return advanced == null ? List.of() : advanced.trace(path, facts);
    }
}
