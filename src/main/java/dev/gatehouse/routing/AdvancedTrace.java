package dev.gatehouse.routing;

import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.RoutingCondition;
import org.jspecify.annotations.Nullable;

/**
 * What came of one rule of an advanced routing map (section 4.18). Immutable.
 *
 * @param rule the rule
 * @param failing the first condition that does not hold; null if the rule takes the request
 */
public record AdvancedTrace(
        AdvancedRoutingMap.Rule rule, @Nullable RoutingCondition failing) {}
