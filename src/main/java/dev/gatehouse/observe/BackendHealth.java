package dev.gatehouse.observe;

import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamPool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The backend-health report (PRB-20): what periodic probes last said of every member of every pair. Asking for it probes
 * nothing. Immutable.
 *
 * @param pools each pool once, in the order of the pairs
 */
public record BackendHealth(List<PoolHealth> pools) {
    /** Copies the list. */
    public BackendHealth {
        pools = List.copyOf(pools);
    }

    /**
     * A pool with all settings it is paired with.
     *
     * @param pool the configured pool
     * @param settings each settings entry once
     */
    public record PoolHealth(BackendAddressPool pool, List<SettingsHealth> settings) {
        /** Copies the list. */
        public PoolHealth {
            settings = List.copyOf(settings);
        }
    }

    /**
     * The members of a pair.
     *
     * @param settings how the pool's members are spoken to
     * @param servers each member once; none if the pool is empty
     */
    public record SettingsHealth(BackendHttpSettings settings, List<MemberHealth> servers) {
        /** Copies the list. */
        public SettingsHealth {
            servers = List.copyOf(servers);
        }
    }

    /**
     * The state of all pairs now.
     *
     * @param pairs the live pairs; a pair that stands there twice, since a changed configuration replaced it, counts as
     *     one
     * @return the report
     */
    public static BackendHealth of(List<UpstreamPool> pairs) {
        return new BackendHealth(grouped(pairs, pair -> pair.pair().pool().name()).stream()
                .map(same -> new PoolHealth(same.get(0).pair().pool(), settings(same)))
                .toList());
    }

    private static List<SettingsHealth> settings(List<UpstreamPool> pairs) {
        return grouped(pairs, pair -> pair.settings().name()).stream()
                .map(same -> new SettingsHealth(same.get(0).settings(), servers(same)))
                .toList();
    }

    private static List<MemberHealth> servers(List<UpstreamPool> pairs) {
        return MemberHealth.of(pairs.stream()
                .flatMap(BackendHealth::upstreams)
                .map(AddressHealth::of)
                .toList());
    }

    private static Stream<Upstream> upstreams(UpstreamPool pair) {
        return Stream.concat(pair.members().stream(), pair.draining().stream()); // section 6
    }

    private static List<List<UpstreamPool>> grouped(List<UpstreamPool> pairs, Function<UpstreamPool, String> name) {
        Map<String, List<UpstreamPool>> groups = new LinkedHashMap<>();
        for (UpstreamPool pair : pairs) {
            groups.computeIfAbsent(name.apply(pair), key -> new ArrayList<>()).add(pair);
        }
        return List.copyOf(groups.values());
    }
}
