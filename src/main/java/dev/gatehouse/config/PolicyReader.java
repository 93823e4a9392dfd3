package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.LoadDistributionPolicy;
import dev.gatehouse.model.LoadDistributionPolicy.Algorithm;
import dev.gatehouse.model.LoadDistributionPolicy.WeightedPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Load distribution policies (section 4.16, REQ-36). Confined to one load. */
final class PolicyReader {
    private static final Map<String, Algorithm> ALGORITHMS = Map.of(
            "RoundRobin", Algorithm.ROUND_ROBIN,
            "LeastConnections", Algorithm.LEAST_CONNECTIONS,
            "IpHash", Algorithm.IP_HASH);
    private static final int HIGHEST_WEIGHT = 100;

    private final Table<BackendAddressPool> pools;
    private final Problems problems;

    PolicyReader(Table<BackendAddressPool> pools, Problems problems) {
        this.pools = pools;
        this.problems = problems;
    }

    Optional<LoadDistributionPolicy> policy(String name, ConfigObject object) {
        Algorithm algorithm =
                object.choice("loadDistributionAlgorithm", ALGORITHMS).orElse(Algorithm.ROUND_ROBIN);
        List<WeightedPool> targets = new ArrayList<>();
        List<ConfigObject> objects = object.objects("loadDistributionTargets");
        // Nothing refers to a target, and Azure's own examples give two of them one name: names do not count here.
        objects.forEach(target -> target(target).ifPresent(targets::add));
        if (objects.isEmpty()) {
            problems.error(
                    "REQ-36",
                    Kind.MISSING,
                    object.placeOf("loadDistributionTargets"),
                    "the policy spreads requests over no pool.",
                    "Add a target with a pool and a weight.");
        }
        return Optional.of(new LoadDistributionPolicy(name, algorithm, targets));
    }

    private Optional<WeightedPool> target(ConfigObject object) {
        Optional<BackendAddressPool> pool =
                object.requiredReference("backendAddressPool").flatMap(pools::resolve);
        int weight = object.integer("weightPerServer", 1, HIGHEST_WEIGHT).orElse(1);
        return pool.map(found -> new WeightedPool(found, weight));
    }
}
