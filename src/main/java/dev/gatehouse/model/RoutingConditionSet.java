package dev.gatehouse.model;

import java.util.List;

/**
 * Tests that must all hold (section 4.18). Immutable.
 *
 * @param name unique name
 * @param conditions at least one
 */
public record RoutingConditionSet(String name, List<RoutingCondition> conditions) {
    public RoutingConditionSet {
        Checks.named("advancedRoutingConditionSets.name", name);
        conditions = List.copyOf(conditions);
    }
}
