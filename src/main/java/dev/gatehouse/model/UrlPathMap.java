package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of path rules with a default (section 4.11). Immutable.
 *
 * @param name unique name
 * @param defaultTarget where requests go that no path rule takes
 * @param defaultRewriteRuleSet rewrites for those requests (REQ-28), absent for none
 * @param pathRules in match order: the first that fits wins (REQ-21)
 */
public record UrlPathMap(
        String name, Target defaultTarget, @Nullable RewriteRuleSet defaultRewriteRuleSet, List<PathRule> pathRules) {
    public UrlPathMap {
        Checks.named("urlPathMaps.name", name);
        pathRules = List.copyOf(pathRules);
    }

    /**
     * A map whose default has no rewrites.
     *
     * @param name unique name
     * @param defaultTarget where requests go that no path rule takes
     * @param pathRules in match order
     */
    public UrlPathMap(String name, Target defaultTarget, List<PathRule> pathRules) {
        this(name, defaultTarget, null, pathRules);
    }
}
