package dev.gatehouse.config;

import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** At which ports the members of a gateway's pools are dialled. Confined to one suggestion. */
final class DialledPorts {
    private final Map<String, Set<Integer>> byPool = new HashMap<>();

    DialledPorts(Gateway gateway) {
        targets(gateway).forEach(target -> {
            if (target instanceof Target.Forward forward) {
                add(forward.pool(), forward.settings());
            } else if (target instanceof Target.Distribute spread) {
                Optional.ofNullable(spread.pool()).ifPresent(pool -> add(pool, spread.settings()));
                spread.policy().targets().forEach(weighted -> add(weighted.pool(), spread.settings()));
            }
        });
    }

    /** Its own, or those of all settings that a target pairs its pool with; none if no rule that was read does. */
    Set<Integer> of(BackendAddress member, BackendAddressPool pool) {
        Integer own = member.port();
        return own == null ? byPool.getOrDefault(pool.name(), Set.of()) : Set.of(own);
    }

    private void add(BackendAddressPool pool, BackendHttpSettings settings) {
        byPool.computeIfAbsent(pool.name(), name -> new LinkedHashSet<>()).add(settings.port());
    }

    private static Stream<Target> targets(Gateway gateway) {
        return gateway.requestRoutingRules().stream()
                .flatMap(rule -> Stream.of(
                                Stream.ofNullable(rule.target()),
                                Stream.ofNullable(rule.urlPathMap()).flatMap(DialledPorts::targets),
                                Stream.ofNullable(rule.advancedRoutingMap()).flatMap(DialledPorts::targets))
                        .flatMap(targets -> targets));
    }

    private static Stream<Target> targets(UrlPathMap map) {
        return Stream.concat(
                Stream.of(map.defaultTarget()), map.pathRules().stream().map(PathRule::target));
    }

    private static Stream<Target> targets(AdvancedRoutingMap map) {
        return Stream.concat(
                Stream.of(map.defaultTarget()), map.rules().stream().map(AdvancedRoutingMap.Rule::target));
    }
}
