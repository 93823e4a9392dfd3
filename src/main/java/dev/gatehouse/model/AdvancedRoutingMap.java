package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a target by headers, query, path, client or method (section 4.18). Immutable.
 *
 * @param name unique name
 * @param defaultTarget where requests go that no rule takes
 * @param defaultRewriteRuleSet rewrites for them, absent for none
 * @param rules in match order: ascending priority
 */
public record AdvancedRoutingMap(
        String name, Target defaultTarget, @Nullable RewriteRuleSet defaultRewriteRuleSet, List<Rule> rules) {
    public AdvancedRoutingMap {
        Checks.named("advancedRoutingMaps.name", name);
        rules = List.copyOf(rules);
    }

    /**
     * One entry of the map. Immutable.
     *
     * @param name name, unique in its map
     * @param priority lower is asked first; unique in its map
     * @param conditions what a request must fulfil
     * @param target where it goes then
     * @param rewriteRuleSet rewrites for it, absent for none
     */
    public record Rule(
            String name,
            int priority,
            RoutingConditionSet conditions,
            Target target,
            @Nullable RewriteRuleSet rewriteRuleSet) {
        public Rule {
            Checks.named("advancedRoutingRules.name", name);
        }
    }
}
