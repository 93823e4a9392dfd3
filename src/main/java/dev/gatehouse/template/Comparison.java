package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether two values are equal, as far as that is known. Strings mind case, names of properties do not. Stateless. */
final class Comparison {
    enum Verdict {
        SAME,
        DIFFERENT,
        UNKNOWN
    }

    private Comparison() {}

    static Verdict of(Node left, Node right, Budget budget, int offset) {
        budget.spend(1, offset);
        if (left instanceof OpenNode || right instanceof OpenNode) {
            return Verdict.UNKNOWN;
        }
        if (left instanceof ScalarNode one && right instanceof ScalarNode other) {
            budget.spendSearch(Math.min(one.text().length(), other.text().length()), 1, offset);
            return isSame(one, other) ? Verdict.SAME : Verdict.DIFFERENT;
        }
        if (left instanceof ArrayNode one && right instanceof ArrayNode other) {
            return ofArrays(one, other, budget, offset);
        }
        if (left instanceof ObjectNode one && right instanceof ObjectNode other) {
            return ofObjects(one, other, budget, offset);
        }
        return Verdict.DIFFERENT;
    }

    private static boolean isSame(ScalarNode left, ScalarNode right) {
        if (left.type() != right.type()) {
            return false;
        }
        if (left.text().equals(right.text())) {
            return true;
        }
        boolean mayBeSpelledApart = !Numbers.isPlain(left.text()) || !Numbers.isPlain(right.text());
        return Values.isNumber(left)
                && mayBeSpelledApart
                && Numbers.exact(left)
                        .flatMap(one -> Numbers.exact(right).map(other -> one.compareTo(other) == 0))
                        .orElse(false);
    }

    private static Verdict ofArrays(ArrayNode left, ArrayNode right, Budget budget, int offset) {
        if (left.elements().size() != right.elements().size()) {
            return Verdict.DIFFERENT;
        }
        Verdict verdict = Verdict.SAME;
        for (int i = 0; i < left.elements().size() && verdict != Verdict.DIFFERENT; i++) {
            verdict = both(verdict, of(left.elements().get(i), right.elements().get(i), budget, offset));
        }
        return verdict;
    }

    private static Verdict ofObjects(ObjectNode left, ObjectNode right, Budget budget, int offset) {
        Map<String, Member> others = right.byFoldedName();
        if (left.byFoldedName().size() != others.size()) {
            return Verdict.DIFFERENT;
        }
        Verdict verdict = Verdict.SAME;
        for (Map.Entry<String, Member> entry : left.byFoldedName().entrySet()) {
            @Nullable Member other = others.get(entry.getKey());
            Verdict member = Optional.ofNullable(other)
                    .map(twin -> of(entry.getValue().value(), twin.value(), budget, offset))
                    .orElse(Verdict.DIFFERENT);
            verdict = both(verdict, member);
            if (verdict == Verdict.DIFFERENT) {
                return verdict;
            }
        }
        return verdict;
    }

    private static Verdict both(Verdict one, Verdict other) {
        if (one == Verdict.DIFFERENT || other == Verdict.DIFFERENT) {
            return Verdict.DIFFERENT;
        }
        return one == Verdict.UNKNOWN ? one : other;
    }
}
