package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.free;
import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.Node;
import dev.gatehouse.template.Comparison.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Functions that compare two values. Strings are ordered by their characters' codes, case included. Stateless. */
final class ComparisonFunctions {
    private ComparisonFunctions() {}

    static List<Builtin> all() {
        return List.of(
                free("equals", 2, 2, ComparisonFunctions::isEqual),
                ordered("less", order -> order < 0),
                ordered("lessOrEquals", order -> order <= 0),
                ordered("greater", order -> order > 0),
                ordered("greaterOrEquals", order -> order >= 0));
    }

    private static Builtin ordered(String name, IntPredicate isMet) {
        return known(name, 2, 2, arguments -> arguments.of(isMet.test(order(arguments))));
    }

    private static Node isEqual(Arguments arguments) {
        Verdict verdict = Comparison.of(arguments.node(0), arguments.node(1), arguments.budget(), arguments.offset());
        return verdict == Verdict.UNKNOWN ? arguments.open() : arguments.of(verdict == Verdict.SAME);
    }

    private static int order(Arguments arguments) {
        if (Values.isText(arguments.node(0))) {
            String left = arguments.text(0);
            String right = arguments.text(1);
            arguments.budget().spendSearch(Math.min(left.length(), right.length()), 1, arguments.offset());
            return left.compareTo(right);
        }
        return number(arguments, 0, "a number or a string").compareTo(number(arguments, 1, "a number"));
    }

    private static BigDecimal number(Arguments arguments, int index, String needed) {
        Optional<BigDecimal> number = Numbers.exact(arguments.node(index));
        return number.orElseThrow(() -> arguments.wrong(index, needed));
    }
}
