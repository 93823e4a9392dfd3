package dev.gatehouse.routing;

import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.RoutingCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of one advanced routing map, asked in ascending priority (section 4.18). Immutable after construction. */
final class AdvancedRoutes {
    private final List<Compiled> rules = new ArrayList<>();

    private record Compiled(AdvancedRoutingMap.Rule rule, List<RequestCondition> conditions, Optional<Route> route) {
        @Nullable
        RoutingCondition failing(String path, RequestFacts facts) {
            for (RequestCondition condition : conditions) {
                if (!condition.holds(path, facts)) {
                    return condition.condition();
                }
            }
            return null;
        }
    }

    void add(AdvancedRoutingMap.Rule rule, Optional<Route> route) {
        List<RequestCondition> conditions = rule.conditions().conditions().stream()
                .map(RequestCondition::new)
                .toList();
        rules.add(new Compiled(rule, conditions, route));
    }

    /** The route of the first rule that takes a request; empty if none does. */
    Optional<Route> match(String path, RequestFacts facts) {
        for (Compiled each : rules) {
            if (each.failing(path, facts) == null) {
                return each.route();
            }
        }
        return Optional.empty();
    }

    List<AdvancedTrace> trace(String path, RequestFacts facts) {
        List<AdvancedTrace> asked = new ArrayList<>();
        for (Compiled each : rules) {
            @Nullable RoutingCondition failing = each.failing(path, facts);
            asked.add(new AdvancedTrace(each.rule(), failing));
            if (failing == null) {
                break;
            }
        }
        return asked;
    }
}
