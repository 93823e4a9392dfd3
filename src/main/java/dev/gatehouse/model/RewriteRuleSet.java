package dev.gatehouse.model;

import java.util.List;

/**
 * Rewrites of requests and responses that rules and path rules refer to (section 4.13, REQ-28). Immutable.
 *
 * @param name unique name
 * @param rules in running order: ascending {@code ruleSequence}, file order on ties
 */
public record RewriteRuleSet(String name, List<RewriteRule> rules) {
    public RewriteRuleSet {
        Checks.named("rewriteRuleSets.name", name);
        rules = List.copyOf(rules);
    }

    /**
     * Whether it asks for the path map to be matched again, under whatever condition (REQ-32).
     *
     * @return true if a rule of it does
     */
    public boolean reroutes() {
        return rules.stream().anyMatch(RewriteRule::reroutes);
    }

    /**
     * Whether it asks for that on every request.
     *
     * @return true if a rule of it does and has no condition
     */
    public boolean alwaysReroutes() {
        return rules.stream()
                .anyMatch(rule -> rule.reroutes() && rule.conditions().isEmpty());
    }
}
