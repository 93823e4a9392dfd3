package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a path map (section 4.11). Array order is match order. Immutable.
 *
 * @param name name, unique in its map
 * @param paths patterns, each starting with {@code /}, {@code *} only as last character (REQ-20); at least one
 * @param target where matching requests go
 * @param rewriteRuleSet rewrites for them (REQ-28), absent for none
 */
public record PathRule(
        String name,
        List<String> paths,
        Target target,
        @Nullable RewriteRuleSet rewriteRuleSet) {
    public PathRule {
        Checks.named("pathRules.name", name);
        paths = List.copyOf(paths);
        Checks.inRange("paths.size", paths.size(), 1, Integer.MAX_VALUE);
    }

    /**
     * A path rule without rewrites.
     *
     * @param name name, unique in its map
     * @param paths at least one pattern
     * @param target where matching requests go
     */
    public PathRule(String name, List<String> paths, Target target) {
        this(name, paths, target, null);
    }
}
