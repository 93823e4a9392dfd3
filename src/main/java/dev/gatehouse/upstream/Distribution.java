package dev.gatehouse.upstream;

import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.LoadDistributionPolicy.Algorithm;
import dev.gatehouse.model.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The members of all pools of a load distribution policy as one set, each with the weight of its pool (REQ-36). The
 * pools stay what they are: probed by themselves, and shared with targets that name them plainly. Thread-safe.
 */
public final class Distribution implements Selection {
    private final Target.Distribute target;
    private final List<UpstreamPool> pools;
    private final Chooser chooser;
    private volatile Seen seen;

    /** What the pools had to offer when they were last looked at. */
    private record Seen(List<Members> parts, Candidates all, Optional<Affinity> affinity) {}

    /**
     * Creates one.
     *
     * @param target the policy with its settings
     * @param pools the live pool of each of its {@link Target.Distribute#pairs()}, in their order
     */
    public Distribution(Target.Distribute target, List<UpstreamPool> pools) {
        this.target = target;
        this.pools = List.copyOf(pools);
        this.chooser = new Chooser(target.policy().algorithm());
        this.seen = look();
    }

    @Override
    public Optional<Upstream> select(String client) {
        return chooser.choose(seen().all(), client, List.of());
    }

    @Override
    public Optional<Upstream> selectOther(String client, List<Upstream> tried) {
        return chooser.choose(seen().all(), client, tried);
    }

    // Health changes seldom and is asked for with every request: compare, and weave again only if it did.
    private Seen seen() {
        Seen last = seen;
        for (int i = 0; i < pools.size(); i++) {
            if (pools.get(i).state() != last.parts().get(i)) {
                last = look();
                seen = last;
                break;
            }
        }
        return last;
    }

    private Seen look() {
        List<Members> parts = new ArrayList<>();
        List<Candidates.Share> shares = new ArrayList<>();
        for (int i = 0; i < pools.size(); i++) {
            Members part = pools.get(i).state();
            parts.add(part);
            shares.add(new Candidates.Share(
                    part.eligible().members(), target.policy().targets().get(i).weightPerServer()));
        }
        return new Seen(
                List.copyOf(parts),
                Candidates.of(shares),
                Affinity.union(
                        parts.stream().flatMap(part -> part.affinity().stream()).toList()));
    }

    @Override
    public boolean mayServe(Upstream member) {
        for (UpstreamPool pool : pools) {
            if (pool.mayServe(member)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isSticky() {
        return target.policy().algorithm() == Algorithm.IP_HASH;
    }

    @Override
    public Optional<Affinity> affinity() {
        return seen().affinity();
    }

    @Override
    public BackendHttpSettings settings() {
        return target.settings();
    }

    @Override
    public BackendClient client() {
        return pools.get(0).client();
    }

    /**
     * The live sides of targets.
     *
     * @param targets what routes lead to
     * @param pools the live pool of each of their pairs
     * @return in the order of the targets: a pool itself, or a distribution over several
     */
    public static List<Selection> of(List<Target.Backends> targets, List<UpstreamPool> pools) {
        Map<Target.Forward, UpstreamPool> byPair = new HashMap<>();
        pools.forEach(pool -> byPair.put(pool.pair(), pool));
        return targets.stream().map(target -> of(target, byPair)).toList();
    }

    private static Selection of(Target.Backends target, Map<Target.Forward, UpstreamPool> byPair) {
        List<UpstreamPool> own = target.pairs().stream()
                .map(pair -> Objects.requireNonNull(byPair.get(pair), "a pair has no pool"))
                .toList();
        return target instanceof Target.Distribute distribute ? new Distribution(distribute, own) : own.get(0);
    }

    @Override
    public String toString() {
        return target.policy().name() + "~" + target.settings().name();
    }
}
