package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.ANY;
import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.LongBinaryOperator;

/** Functions that calculate with whole numbers of 64 bits; going beyond is a fault. Stateless. */
final class NumberFunctions {
    private NumberFunctions() {}

    static List<Builtin> all() {
        return List.of(
                calculation("add", Math::addExact),
                calculation("sub", Math::subtractExact),
                calculation("mul", Math::multiplyExact),
                division("div", NumberFunctions::quotient),
                division("mod", (left, right) -> right == -1 ? 0 : left % right),
                known("min", 1, ANY, arguments -> extreme(arguments, Math::min)),
                known("max", 1, ANY, arguments -> extreme(arguments, Math::max)),
                known("int", 1, 1, NumberFunctions::toWhole),
                known("float", 1, 1, NumberFunctions::toFloat));
    }

    private static Builtin calculation(String name, LongBinaryOperator operator) {
        return known(name, 2, 2, arguments -> calculate(arguments, operator));
    }

    private static Builtin division(String name, LongBinaryOperator operator) {
        return known(name, 2, 2, arguments -> {
            if (arguments.whole(1) == 0) {
                throw arguments.fault(1, "a division by 0.", "Give a divisor other than 0.");
            }
            return calculate(arguments, operator);
        });
    }

    private static long quotient(long left, long right) {
        return right == -1 ? Math.negateExact(left) : left / right;
    }

    private static Node calculate(Arguments arguments, LongBinaryOperator operator) {
        long left = arguments.whole(0);
        long right = arguments.whole(1);
        try {
            return arguments.of(operator.applyAsLong(left, right));
        } catch (ArithmeticException e) {
            throw arguments.fault(
                    0,
                    "the result for " + left + " and " + right + " needs more than 64 bits.",
                    "Calculate with smaller numbers.");
        }
    }

    /** Of all arguments, or of the elements if the only one is an array. */
    private static Node extreme(Arguments arguments, LongBinaryOperator operator) {
        boolean isArray = arguments.count() == 1 && arguments.node(0) instanceof ArrayNode;
        List<Node> numbers = isArray ? arguments.array(0) : arguments.nodes();
        if (numbers.isEmpty()) {
            throw arguments.fault(0, "an empty array has neither least nor greatest.", "Test with empty() before.");
        }
        if (numbers.stream().anyMatch(OpenNode.class::isInstance)) {
            return arguments.open();
        }
        long extreme = wholeOf(arguments, numbers.get(0), 0);
        for (int i = 1; i < numbers.size(); i++) {
            extreme = operator.applyAsLong(extreme, wholeOf(arguments, numbers.get(i), isArray ? 0 : i));
        }
        return arguments.of(extreme);
    }

    private static long wholeOf(Arguments arguments, Node number, int index) {
        return Numbers.whole(number).orElseThrow(() -> arguments.wrong(index, "whole numbers"));
    }

    /** A fraction is rounded to the nearest number, halves to the even one, as .NET converts. */
    private static Node toWhole(Arguments arguments) {
        Node value = arguments.node(0);
        Optional<BigDecimal> number = Numbers.exact(value).or(() -> digits(value));
        return number.map(exact -> exact.setScale(0, RoundingMode.HALF_EVEN))
                .filter(whole -> whole.unscaledValue().bitLength() < Long.SIZE)
                .map(whole -> arguments.of(whole.longValue()))
                .orElseThrow(() -> arguments.wrong(0, "a whole number, or a string that holds one"));
    }

    private static Optional<BigDecimal> digits(Node value) {
        return Values.isText(value)
                ? Optional.of(((ScalarNode) value).text().strip())
                        .filter(text -> text.matches("[+-]?[0-9]{1,19}"))
                        .flatMap(Numbers::parse)
                : Optional.empty();
    }

    private static Node toFloat(Arguments arguments) {
        Node value = arguments.node(0);
        Optional<BigDecimal> number =
                Values.isText(value) ? Numbers.parse(((ScalarNode) value).text().strip()) : Numbers.exact(value);
        String digits = number.orElseThrow(() -> arguments.wrong(0, "a number, or a string that holds one"))
                .toString();
        return new ScalarNode(arguments.place(), ScalarNode.Type.NUMBER, digits);
    }
}
