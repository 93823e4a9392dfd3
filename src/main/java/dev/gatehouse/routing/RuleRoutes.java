package dev.gatehouse.routing;

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

/** The routes of one rule: one for Basic, one per pattern and the default for a path map. Immutable after construction. */
final class RuleRoutes {
    private final PathTrie patterns = new PathTrie();
    private final List<Optional<Route>> byPattern = new ArrayList<>();
    private final Optional<Route> otherwise;
    private final ForwardingSettings forwarding;

    /** Numbers the targets while routes are made. */
    interface Numbering {
        int indexOf(Target target);
    }

    RuleRoutes(RequestRoutingRule rule, ForwardingSettings forwarding, Numbering numbering) {
        this.forwarding = forwarding;
        @Nullable UrlPathMap map = rule.urlPathMap();
        if (map == null) {
            otherwise =
                    route(rule, null, null, Objects.requireNonNull(rule.target()), rule.rewriteRuleSet(), numbering);
            return;
        }
        for (PathRule pathRule : map.pathRules()) {
            for (String pattern : pathRule.paths()) {
                patterns.add(pattern);
                byPattern.add(route(rule, pathRule, pattern, pathRule.target(), pathRule.rewriteRuleSet(), numbering));
            }
        }
        otherwise = route(rule, null, null, map.defaultTarget(), map.defaultRewriteRuleSet(), numbering);
    }

    Optional<Route> match(String path) {
        int found = byPattern.isEmpty() ? -1 : patterns.find(path);
        return found < 0 ? otherwise : byPattern.get(found);
    }

    private Optional<Route> route(
            RequestRoutingRule rule,
            @Nullable PathRule pathRule,
            @Nullable String pattern,
            Target target,
            @Nullable RewriteRuleSet rewrites,
            Numbering numbering) {
        return Optional.of(new Route(
                rule.httpListener(), rule, pathRule, pattern, target, rewrites, numbering.indexOf(target), forwarding));
    }
}
