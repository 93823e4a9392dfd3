package dev.gatehouse.upstream;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The members of a pool at one moment; another object after each change, which is how changes are noticed. Immutable. */
final class Members {
    private final List<Upstream> all;
    private final List<Upstream> draining;
    private final Candidates eligible;
    private final Optional<Affinity> affinity;

    /**
     * Creates it.
     *
     * @param all whom probes judge, in file order
     * @param draining whom a reload took out (REQ-37)
     * @param eligible those of all that take traffic
     * @param affinity cookies that name members, draining ones included (REQ-35)
     */
    Members(List<Upstream> all, List<Upstream> draining, Candidates eligible, Optional<Affinity> affinity) {
        this.all = List.copyOf(all);
        this.draining = List.copyOf(draining);
        this.eligible = eligible;
        this.affinity = affinity;
    }

    List<Upstream> all() {
        return all;
    }

    List<Upstream> draining() {
        return draining;
    }

    Candidates eligible() {
        return eligible;
    }

    Optional<Affinity> affinity() {
        return affinity;
    }

    private static boolean isUnasked(Upstream member) {
        return member.health() == Health.UNKNOWN && member.socketAddress().isPresent();
    }

    /** The same members after one of them changed its health. */
    Members judgedAnew(int minServers, boolean optimisticStart) {
        return new Members(all, draining, eligible(all, minServers, optimisticStart), affinity);
    }

    /**
     * Who takes traffic: the healthy, on an optimistic start those that nobody has asked yet (PRB-11), and if they are
     * too few those that failed most recently (PRB-13).
     */
    static Candidates eligible(List<Upstream> all, int minServers, boolean optimisticStart) {
        Set<Upstream> served = all.stream()
                .filter(member -> member.health() == Health.HEALTHY || (optimisticStart && isUnasked(member)))
                .collect(Collectors.toCollection(HashSet::new));
        int missing = minServers - served.size();
        if (missing > 0) {
            all.stream()
                    .filter(member -> member.health() == Health.UNHEALTHY)
                    .sorted(Comparator.comparingLong(Upstream::failureNumber).reversed())
                    .limit(missing)
                    .forEach(served::add);
        }
        return Candidates.of(all.stream().filter(served::contains).toArray(Upstream[]::new));
    }
}
