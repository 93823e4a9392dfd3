package dev.gatehouse.explain;

import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What differs between two configurations in routing terms: what is open, where requests go, how backends are spoken to
 * and probed. The order of a file, the names of rules, path maps, ports and frontends and the renaming of anything that
 * stays the same make no difference; neither do keys that only one of the two has, since exports have none. Stateless.
 */
public final class GatewayDiff {
    /** Compared as sites and routes; the gateway's own name and id are labels. */
    private static final Set<String> ELSEWHERE = Set.of("name", "id", "httpListeners", "requestRoutingRules");

    private GatewayDiff() {}

    /**
     * Compares.
     *
     * @param before the old configuration
     * @param after the new one
     * @return the differences, grouped by kind, always in the same order; empty if both do the same
     */
    public static List<Difference> between(GatewayConfiguration before, GatewayConfiguration after) {
        Labels.Pair labels = Labels.Pair.of(before, after);
        Side old = new Side(before, labels.before());
        Side now = new Side(after, labels.after());
        List<Difference> all = new ArrayList<>();
        Set<String> covered = coveredElsewhere();
        all.addAll(PropertyDiff.of(
                "gateway",
                "",
                Facts.of(before.gateway(), covered, labels.before()::of),
                Facts.of(after.gateway(), covered, labels.after()::of)));
        all.addAll(ListenerDiff.between(old, now));
        all.addAll(new RouteDiff(old, now).differences());
        all.addAll(new ObjectDiff(labels).differences());
        // The members that it adds to pools are in the pools.
        all.addAll(PropertyDiff.of(
                "local file",
                "",
                Facts.of(before.local(), Set.of("pools"), labels.before()::of),
                Facts.of(after.local(), Set.of("pools"), labels.after()::of)));
        return all;
    }

    private static Set<String> coveredElsewhere() {
        Set<String> covered = new HashSet<>(ELSEWHERE);
        addCollections(Gateway.class, covered);
        return covered;
    }

    private static void addCollections(Class<?> part, Set<String> covered) {
        for (RecordComponent component : part.getRecordComponents()) {
            if (NamedObjects.elementOf(component)
                    .filter(NamedObjects.all()::contains)
                    .isPresent()) {
                covered.add(component.getName());
            } else if (component.getType().isRecord()) {
                addCollections(component.getType(), covered);
            }
        }
    }
}
