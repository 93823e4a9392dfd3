package dev.gatehouse.model;

import java.util.List;

/**
 * What rules can refer to besides pools, settings and redirects; all of it, used or not. Immutable.
 *
 * @param rewriteRuleSets section 4.13
 * @param loadDistributionPolicies section 4.16
 * @param entraJwtValidationConfigs section 4.17
 * @param advancedRoutingMaps section 4.18
 */
public record RuleParts(
        List<RewriteRuleSet> rewriteRuleSets,
        List<LoadDistributionPolicy> loadDistributionPolicies,
        List<EntraJwtValidationConfig> entraJwtValidationConfigs,
        List<AdvancedRoutingMap> advancedRoutingMaps) {
    /** Nothing of the kind. */
    public static final RuleParts NONE = new RuleParts(List.of(), List.of(), List.of(), List.of());

    public RuleParts {
        rewriteRuleSets = List.copyOf(rewriteRuleSets);
        loadDistributionPolicies = List.copyOf(loadDistributionPolicies);
        entraJwtValidationConfigs = List.copyOf(entraJwtValidationConfigs);
        advancedRoutingMaps = List.copyOf(advancedRoutingMaps);
    }
}
