package dev.gatehouse.config;

import dev.gatehouse.document.Problems;
import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.EntraJwtValidationConfig;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LoadDistributionPolicy;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.RewriteRuleSet;
import dev.gatehouse.model.RuleParts;
import dev.gatehouse.model.UrlPathMap;

/** Rules and all that only rules refer to, in the order in which they refer to each other. Confined to one load. */
final class RoutingReader {
    /** What came of it. */
    record Routing(Table<RequestRoutingRule> rules, RuleParts parts) {}

    private final TableReader tables;
    private final boolean isV1;
    private final Problems problems;

    RoutingReader(TableReader tables, boolean isV1, Problems problems) {
        this.tables = tables;
        this.isV1 = isV1;
        this.problems = problems;
    }

    Routing read(Table<HttpListener> listeners, Table<BackendAddressPool> pools, Table<BackendHttpSettings> settings) {
        Table<RedirectConfiguration> redirects =
                tables.read("redirectConfigurations", new RedirectReader(listeners, problems)::redirect);
        Table<LoadDistributionPolicy> policies =
                tables.read("loadDistributionPolicies", new PolicyReader(pools, problems)::policy);
        Table<RewriteRuleSet> rewrites = tables.read("rewriteRuleSets", new RewriteReader(tables, isV1, problems)::set);
        Table<EntraJwtValidationConfig> tokens =
                tables.read("entraJWTValidationConfigs", new TokenReader(problems)::config);
        TargetReader targets = new TargetReader(pools, settings, redirects, policies, problems);
        Table<AdvancedRoutingMap> advanced =
                tables.read("advancedRoutingMaps", new AdvancedRoutingReader(rewrites, targets, tables, problems)::map);
        Table<UrlPathMap> maps =
                tables.read("urlPathMaps", new PathMapReader(targets, rewrites, tables, isV1, problems)::map);
        RuleReader.Parts parts = new RuleReader.Parts(maps, advanced, rewrites, tokens);
        Table<RequestRoutingRule> rules =
                tables.read("requestRoutingRules", new RuleReader(listeners, parts, targets, problems)::rule);
        return new Routing(
                rules, new RuleParts(rewrites.values(), policies.values(), tokens.values(), advanced.values()));
    }
}
