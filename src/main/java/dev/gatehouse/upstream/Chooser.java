package dev.gatehouse.upstream;

import dev.gatehouse.model.LoadDistributionPolicy.Algorithm;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among candidates by one algorithm (REQ-34, REQ-36). A member that refused its last connection is passed over
 * for a moment while there is another ({@link Rest}). Thread-safe, without locks.
 */
public final class Chooser {
    private static final int NOBODY = -1;

    private final Algorithm algorithm;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Creates one whose first turn is the first candidate's.
     *
     * @param algorithm how a member is chosen
     */
    public Chooser(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    /**
     * Chooses a member.
     *
     * @param candidates those that may take traffic
     * @param client address of the client, for {@link Algorithm#IP_HASH}
     * @param tried members that failed already
     * @return empty if nobody is left
     */
    public Optional<Upstream> choose(Candidates candidates, String client, List<Upstream> tried) {
        for (int i = 0; i <= candidates.size(); i++) {
            int next = best(candidates, client, tried, true);
            if (next == NOBODY) {
                break;
            }
            Upstream member = candidates.member(next);
            if (member.rest().mayTry()) { // else another request was faster to find out whether it is back
                return Optional.of(member);
            }
        }
        int last = best(candidates, client, tried, false);
        return last == NOBODY ? Optional.empty() : Optional.of(candidates.member(last));
    }

    private int best(Candidates candidates, String client, List<Upstream> tried, boolean sparing) {
        return switch (algorithm) {
            case ROUND_ROBIN -> next(candidates, tried, sparing);
            case LEAST_CONNECTIONS -> leastBusy(candidates, tried, sparing);
            case IP_HASH -> homeOf(client, candidates, tried, sparing);
        };
    }

    private static boolean fits(Upstream member, List<Upstream> tried, boolean sparing) {
        return (tried.isEmpty() || !tried.contains(member))
                && !(sparing && member.rest().isOn());
    }

    // Whoever cannot take its turn loses it to the one after next in line, not to its neighbour: so the others stay
    // even.
    private int next(Candidates candidates, List<Upstream> tried, boolean sparing) {
        for (int i = 0; i < candidates.size(); i++) {
            int index = candidates.inTurn(turn.getAndIncrement());
            if (fits(candidates.member(index), tried, sparing)) {
                return index;
            }
        }
        for (int index = 0; index < candidates.size(); index++) { // others took the turns in between
            if (fits(candidates.member(index), tried, sparing)) {
                return index;
            }
        }
        return NOBODY;
    }

    // Among equals the turn decides, so that weights count even while nothing is in flight.
    private int leastBusy(Candidates candidates, List<Upstream> tried, boolean sparing) {
        int best = next(candidates, tried, sparing);
        if (best == NOBODY) {
            return NOBODY;
        }
        long least = candidates.member(best).inFlight();
        for (int i = 0; i < candidates.size() && least > 0; i++) {
            long busy = candidates.member(i).inFlight();
            boolean isLess = busy * candidates.weight(best) < least * candidates.weight(i);
            if (isLess && fits(candidates.member(i), tried, sparing)) {
                best = i;
                least = busy;
            }
        }
        return best;
    }

    // Rendezvous: every member bids for the client, the highest wins. Without it the others' bids stay what they were.
    private static int homeOf(String client, Candidates candidates, List<Upstream> tried, boolean sparing) {
        long hash = ClientHash.of(client);
        int best = NOBODY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates.size(); i++) {
            Upstream member = candidates.member(i);
            double bid = ClientHash.bid(hash, member.hash(), candidates.weight(i));
            if (bid > highest && fits(member, tried, sparing)) {
                best = i;
                highest = bid;
            }
        }
        return best;
    }

    /**
     * Chooses for the first request of all, when nothing is known of anybody: what {@code explain} shows.
     *
     * @param candidates those that may take traffic
     * @param client address of the client
     * @return null if there is no candidate
     */
    public static @Nullable Upstream first(Algorithm algorithm, Candidates candidates, String client) {
        return new Chooser(algorithm).choose(candidates, client, List.of()).orElse(null);
    }
}
