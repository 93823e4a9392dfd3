package dev.gatehouse.model;

import java.util.List;

/**
 * A list of path rules with a default (section 4.11). Immutable.
 *
 * @param name unique name
 * @param defaultTarget where requests go that no path rule takes
 * @param pathRules in match order: the first that fits wins (REQ-21)
 */
public record UrlPathMap(String name, Target defaultTarget, List<PathRule> pathRules) {
    public UrlPathMap {
        Checks.named("urlPathMaps.name", name);
        pathRules = List.copyOf(pathRules);
    }
}
