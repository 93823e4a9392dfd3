package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Binds one listener to what happens with its requests (section 4.10). Exactly one of target and the two maps is set.
 * Immutable.
 *
 * @param name unique name
 * @param priority 1 (first) - 20000 (last); absent in old files, then the order of REQ-11 applies
 * @param httpListener the listener it serves
 * @param target of a Basic rule
 * @param urlPathMap of a PathBasedRouting rule
 * @param advancedRoutingMap of an AdvancedRouting rule
 * @param rewriteRuleSet rewrites of a Basic rule (REQ-28), absent for none; maps carry their own
 * @param entraJwtValidationConfig tokens asked for (REQ-16), absent for none
 */
public record RequestRoutingRule(
        String name,
        @Nullable Integer priority,
        HttpListener httpListener,
        @Nullable Target target,
        @Nullable UrlPathMap urlPathMap,
        @Nullable AdvancedRoutingMap advancedRoutingMap,
        @Nullable RewriteRuleSet rewriteRuleSet,
        @Nullable EntraJwtValidationConfig entraJwtValidationConfig) {
    public RequestRoutingRule {
        Checks.named("requestRoutingRules.name", name);
        long ways = Stream.of(target, urlPathMap, advancedRoutingMap)
                .filter(Objects::nonNull)
                .count();
        if (ways != 1) {
            throw new IllegalArgumentException("target: " + ways + " (expected: one of target and the two maps)");
        }
        if (priority != null) {
            Checks.inRange("priority", priority, 1, 20000);
        }
    }

    /**
     * Everywhere its requests may go.
     *
     * @return the targets of its kind, defaults included
     */
    public List<Target> targets() {
        List<Target> all = new ArrayList<>();
        if (target != null) {
            all.add(target);
        }
        if (urlPathMap != null) {
            all.add(urlPathMap.defaultTarget());
            urlPathMap.pathRules().forEach(rule -> all.add(rule.target()));
        }
        if (advancedRoutingMap != null) {
            all.add(advancedRoutingMap.defaultTarget());
            advancedRoutingMap.rules().forEach(rule -> all.add(rule.target()));
        }
        return all;
    }

    /**
     * A rule without rewrites and tokens.
     *
     * @param name unique name
     * @param priority 1 (first) - 20000 (last), or absent
     * @param httpListener the listener it serves
     * @param target of a Basic rule; exactly one of target and urlPathMap is set
     * @param urlPathMap of a PathBasedRouting rule
     */
    public RequestRoutingRule(
            String name,
            @Nullable Integer priority,
            HttpListener httpListener,
            @Nullable Target target,
            @Nullable UrlPathMap urlPathMap) {
        this(name, priority, httpListener, target, urlPathMap, null, null, null);
    }
}
