package dev.gatehouse.upstream;

import java.util.ArrayList;
import java.util.List;

/**
 * The members that may take traffic at one moment, with their weights, and the order in which they take turns: smooth
 * weighted round robin, worked out once so that a turn is a look-up (REQ-34, REQ-36). Members of one share follow each
 * other evenly, so only shares have to be woven together. Immutable.
 */
public final class Candidates {
    private static final Candidates NONE = new Candidates(List.of());

    private final Upstream[] members;
    private final int[] weights;
    private final Slot[] round;

    /**
     * Members of equal weight.
     *
     * @param members who they are
     * @param weight weight of each, at least 1
     */
    public record Share(List<Upstream> members, int weight) {
        public Share {
            members = List.copyOf(members);
        }
    }

    /** One place of the round: the how-manieth turn of a share it is. */
    private record Slot(int first, int size, int turn, int turnsPerRound) {
        int member(int round) {
            return first + (int) Math.floorMod((long) round * turnsPerRound + turn, (long) size);
        }
    }

    private Candidates(List<Share> shares) {
        List<Upstream> all = new ArrayList<>();
        List<Integer> weightOfEach = new ArrayList<>();
        for (Share share : shares) {
            for (Upstream member : share.members()) {
                all.add(member);
                weightOfEach.add(share.weight());
            }
        }
        this.members = all.toArray(Upstream[]::new);
        this.weights = weightOfEach.stream().mapToInt(Integer::intValue).toArray();
        this.round = round(shares);
    }

    /**
     * Candidates of several weights.
     *
     * @param shares in file order; empty ones have no part
     * @return in the order of the shares
     */
    public static Candidates of(List<Share> shares) {
        List<Share> taking =
                shares.stream().filter(share -> !share.members().isEmpty()).toList();
        return taking.isEmpty() ? NONE : new Candidates(taking);
    }

    /**
     * Candidates of one weight.
     *
     * @param members in file order
     * @return in this order
     */
    public static Candidates of(Upstream... members) {
        return of(List.of(new Share(List.of(members), 1)));
    }

    // Each turn goes to the share that is most behind; it then owes the sum of all weights.
    private static Slot[] round(List<Share> shares) {
        int[] turns = turnsPerRound(shares);
        int length = 0;
        for (int each : turns) {
            length += each;
        }
        Slot[] round = new Slot[length];
        int[] firsts = firsts(shares);
        int[] ahead = new int[turns.length];
        int[] taken = new int[turns.length];
        for (int i = 0; i < length; i++) {
            int next = mostBehind(ahead, turns);
            ahead[next] -= length;
            round[i] = new Slot(firsts[next], shares.get(next).members().size(), taken[next]++, turns[next]);
        }
        return round;
    }

    private static int mostBehind(int[] ahead, int[] turns) {
        int next = 0;
        for (int i = 0; i < turns.length; i++) {
            ahead[i] += turns[i];
            if (ahead[i] > ahead[next]) {
                next = i;
            }
        }
        return next;
    }

    private static int[] turnsPerRound(List<Share> shares) {
        int[] turns = new int[shares.size()];
        int divisor = 0;
        for (int i = 0; i < turns.length; i++) {
            turns[i] = shares.get(i).weight() * shares.get(i).members().size();
            divisor = greatestDivisor(turns[i], divisor);
        }
        for (int i = 0; i < turns.length; i++) {
            turns[i] /= divisor;
        }
        return turns;
    }

    private static int greatestDivisor(int a, int b) {
        return b == 0 ? a : greatestDivisor(b, a % b);
    }

    private static int[] firsts(List<Share> shares) {
        int[] firsts = new int[shares.size()];
        for (int i = 1; i < firsts.length; i++) {
            firsts[i] = firsts[i - 1] + shares.get(i - 1).members().size();
        }
        return firsts;
    }

    /** All of them. */
    List<Upstream> members() {
        return List.of(members);
    }

    /** How many there are. */
    int size() {
        return members.length;
    }

    Upstream member(int index) {
        return members[index];
    }

    int weight(int index) {
        return weights[index];
    }

    /**
     * Whose turn it is. Only if there is a member.
     *
     * @param turn how many turns there have been, as a number that may overflow
     * @return index of the member
     */
    int inTurn(int turn) {
        Slot slot = round[Math.floorMod(turn, round.length)];
        return slot.member(Math.floorDiv(turn, round.length));
    }

    boolean contains(Upstream member) {
        for (Upstream each : members) {
            if (each == member) {
                return true;
            }
        }
        return false;
    }
}
