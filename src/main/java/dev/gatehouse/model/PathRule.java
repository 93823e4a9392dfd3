package dev.gatehouse.model;

import java.util.List;

/**
 * One entry of a path map (section 4.11). Array order is match order. Immutable.
 *
 * @param name name, unique in its map
 * @param paths patterns, each starting with {@code /}, {@code *} only as last character (REQ-20); at least one
 * @param target where matching requests go
 */
public record PathRule(String name, List<String> paths, Target target) {
    public PathRule {
        Checks.named("pathRules.name", name);
        paths = List.copyOf(paths);
        Checks.inRange("paths.size", paths.size(), 1, Integer.MAX_VALUE);
    }
}
