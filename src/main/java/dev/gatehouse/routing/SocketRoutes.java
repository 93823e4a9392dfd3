package dev.gatehouse.routing;

import dev.gatehouse.model.HttpListener;
import dev.gatehouse.routing.RouteTrace.Verdict;
import dev.gatehouse.routing.RuleOrder.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one local socket: a hash of exact names beside an ordered list of wildcards (REQ-12, REQ-15). The
 * earliest candidate that accepts the host wins, whichever of the two holds it. Immutable after construction.
 */
final class SocketRoutes {
    private final Map<String, Ranked> exact = new HashMap<>();
    private final List<Ranked> wildcards = new ArrayList<>();
    private final @Nullable Ranked basic;
    private final RuleOrder order;

    private record Ranked(int rank, Candidate candidate, RuleRoutes routes) {}

    SocketRoutes(RuleOrder order, Map<String, RuleRoutes> routesByRule) {
        this.order = order;
        List<Candidate> candidates = order.candidates();
        @Nullable Ranked firstBasic = null;
        for (int rank = 0; rank < candidates.size(); rank++) {
            Candidate candidate = candidates.get(rank);
            RuleRoutes routes =
                    Objects.requireNonNull(routesByRule.get(candidate.rule().name()));
            Ranked ranked = new Ranked(rank, candidate, routes);
            if (candidate.isBasic()) {
                firstBasic = firstBasic == null ? ranked : firstBasic;
            } else if (HostPattern.isWildcard(candidate.hostName())) {
                wildcards.add(ranked);
            } else {
                exact.putIfAbsent(candidate.hostName(), ranked);
            }
        }
        basic = firstBasic;
    }

    Optional<Route> match(String host, String path, RequestFacts facts) {
        @Nullable Ranked best = find(host);
        return best == null ? Optional.empty() : best.routes().match(path, facts);
    }

    /** The listener that takes a host, whatever the rest of the request. */
    Optional<HttpListener> listener(String host) {
        return Optional.ofNullable(find(host))
                .map(best -> best.candidate().rule().httpListener());
    }

    /** The listener whose certificate a client that asks for a name gets (TLS-10); an empty name for none asked for. */
    HttpListener certified(String serverName) {
        @Nullable Ranked named = exact.get(serverName);
        for (int i = 0; named == null && i < wildcards.size(); i++) {
            Ranked wildcard = wildcards.get(i);
            named = HostPattern.fits(wildcard.candidate().hostName(), serverName) ? wildcard : null;
        }
        named = named == null ? basic : named;
        return (named == null ? order.candidates().get(0) : named.candidate())
                .rule()
                .httpListener();
    }

    /** What {@link #match} found for a host, and what became of the others. */
    RouteTrace trace(String host) {
        @Nullable Ranked best = find(host);
        int rank = best == null ? -1 : best.rank();
        List<RouteTrace.Candidate> asked = new ArrayList<>();
        for (Candidate candidate : order.candidates()) {
            Verdict others = candidate.accepts(host) ? Verdict.LATER : Verdict.OTHER_HOST;
            Verdict verdict = asked.size() == rank ? Verdict.CHOSEN : others;
            asked.add(new RouteTrace.Candidate(candidate.rule(), candidate.hostName(), verdict));
        }
        return new RouteTrace(order.order(), asked);
    }

    private @Nullable Ranked find(String host) {
        @Nullable Ranked best = earlier(exact.get(host), basic);
        for (Ranked wildcard : wildcards) {
            if (best != null && best.rank() < wildcard.rank()) {
                break;
            }
            if (HostPattern.fits(wildcard.candidate().hostName(), host)) {
                best = wildcard;
                break;
            }
        }
        return best;
    }

    private static @Nullable Ranked earlier(@Nullable Ranked one, @Nullable Ranked other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.rank() < other.rank() ? one : other;
    }
}
