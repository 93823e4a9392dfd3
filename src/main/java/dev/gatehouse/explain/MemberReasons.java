package dev.gatehouse.explain;

import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.explain.Explanation.Member;
import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.LoadDistributionPolicy.Algorithm;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Origin;
import dev.gatehouse.model.Target;
import dev.gatehouse.upstream.Affinity;
import dev.gatehouse.upstream.Candidates;
import dev.gatehouse.upstream.Chooser;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which member of a target takes a request, chosen as traffic is, as if all were healthy and idle (REQ-34 to REQ-36).
 * Stateless but for the places.
 */
final class MemberReasons {
    private final Reasons reasons;
    private final LocalSettings local;
    private final AffinityReasons affinity;

    /** The members of one pool of the target, and the weight of each. */
    private record Part(Target.Forward pair, List<Upstream> members, int weight) {}

    MemberReasons(Reasons reasons, LocalSettings local) {
        this.reasons = reasons;
        this.local = local;
        this.affinity = new AffinityReasons(reasons, local.traffic().affinity());
    }

    static String words(Algorithm algorithm) {
        return switch (algorithm) {
            case ROUND_ROBIN -> "members of all its pools take turns by weight";
            case LEAST_CONNECTIONS ->
                "the member with the fewest requests and sessions in flight, by weight, takes the next;"
                        + " what is in flight is not known here";
            case IP_HASH -> "the client's address decides, by weight";
        };
    }

    /** The member that takes the request; empty if there is none. */
    Optional<Upstream> first(Target.Backends target, Routed routed, Account account) {
        List<Part> parts = parts(target);
        List<Upstream> all =
                parts.stream().flatMap(part -> part.members().stream()).toList();
        account.members(all.stream()
                .map(member -> new Member(member.toString(), TargetReasons.dialled(member)))
                .toList());
        @Nullable Upstream next = inTurn(target, parts, routed);
        if (next == null) {
            return Optional.empty();
        }
        Optional<Upstream> named = affinity.secret()
                .flatMap(secret -> Affinity.of(target.settings(), all, secret))
                .flatMap(cookies ->
                        Optional.ofNullable(cookies.memberOf(routed.request().headers("Cookie"))));
        Upstream first = named.orElse(next);
        String why = named.isPresent() ? " is named by the request's cookie" : chosen(target);
        parts.forEach(part -> tell(part, first, why, account));
        affinity.tell(target.settings(), routed, named, account);
        return Optional.of(first);
    }

    private List<Part> parts(Target.Backends target) {
        List<Target.Forward> pairs = target.pairs();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            int weight = target instanceof Target.Distribute distribute
                    ? distribute.policy().targets().get(i).weightPerServer()
                    : 1;
            List<Upstream> members = UpstreamPool.membersOf(pairs.get(i), local.addresses());
            parts.add(new Part(pairs.get(i), members, weight));
        }
        return parts;
    }

    private static @Nullable Upstream inTurn(Target.Backends target, List<Part> parts, Routed routed) {
        Algorithm algorithm = target instanceof Target.Distribute distribute
                ? distribute.policy().algorithm()
                : Algorithm.ROUND_ROBIN;
        List<Candidates.Share> shares = parts.stream()
                .map(part -> new Candidates.Share(part.members(), part.weight()))
                .toList();
        return Chooser.first(algorithm, Candidates.of(shares), routed.request().remoteAddress());
    }

    private void tell(Part part, Upstream first, String why, Account account) {
        for (Upstream member : part.members()) {
            boolean isFirst = member.equals(first);
            if (isFirst) {
                account.pool(part.pair().pool().name(), part.pair().settings().name());
            }
            account.because(
                    Step.BACKEND,
                    placeOf(member, part.pair()),
                    member + (isFirst ? why + "; health is not known here" : " has a later turn"));
            entryFor(member)
                    .ifPresent(entry -> account.because(
                            Step.BACKEND,
                            reasons.of("local/addresses", entry.pattern()),
                            "the local file has it at " + TargetReasons.dialled(member)));
        }
    }

    private static String chosen(Target.Backends target) {
        boolean isHashed = target instanceof Target.Distribute distribute
                && distribute.policy().algorithm() == Algorithm.IP_HASH;
        return isHashed ? " is where this client's address leads" : " is first in turn";
    }

    private Optional<AddressMap.Entry> entryFor(Upstream member) {
        return local.addresses().entryFor(member.address().host(), member.port());
    }

    /** In the gateway file, or in the local file if that adds it. */
    private Optional<Origin> placeOf(Upstream member, Target.Forward target) {
        String pool = target.pool().name();
        boolean isAdded = local.pools().values().stream().anyMatch(added -> added.contains(member.address()))
                && reasons.has("local/pools", pool);
        return isAdded && member.address().port() != null
                ? reasons.saying("local/pools", member.address().toString(), pool)
                : reasons.saying("backendAddressPools/" + pool, member.address().host(), "backendAddresses");
    }
}
