package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.ANY;
import static dev.gatehouse.template.Builtin.free;
import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.OpenNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Functions that make arrays or count from their end. Stateless. */
final class ArrayFunctions {
    /** Azure's bounds of {@code range}. */
    private static final int LONGEST_RANGE = 10_000;

    private static final long LARGEST_ELEMENT = Integer.MAX_VALUE;

    private ArrayFunctions() {}

    static List<Builtin> all() {
        return List.of(
                known("array", 1, 1, ArrayFunctions::array),
                free("createArray", 0, ANY, arguments -> arguments.of(arguments.nodes())),
                known("flatten", 1, 1, ArrayFunctions::flatten),
                known("range", 2, 2, ArrayFunctions::range),
                known("indexFromEnd", 2, 2, ArrayFunctions::indexFromEnd),
                known("tryIndexFromEnd", 2, 2, ArrayFunctions::tryIndexFromEnd));
    }

    private static Node array(Arguments arguments) {
        Node value = arguments.node(0);
        return value instanceof ArrayNode ? value : arguments.of(List.of(value));
    }

    private static Node flatten(Arguments arguments) {
        List<Node> elements = new ArrayList<>();
        for (Node element : arguments.array(0)) {
            if (!(element instanceof ArrayNode inner)) {
                return openOrWrong(arguments, element);
            }
            elements.addAll(inner.elements());
            arguments.budget().spendArray(elements.size(), arguments.offset(0));
        }
        return arguments.of(elements);
    }

    private static Node openOrWrong(Arguments arguments, Node element) {
        if (element instanceof OpenNode) {
            return arguments.open();
        }
        throw arguments.fault(
                0,
                "flatten() needs an array of arrays, but one element is " + element.describe() + ".",
                "Wrap it by array().");
    }

    private static Node range(Arguments arguments) {
        long start = arguments.whole(0);
        long count = arguments.whole(1);
        if (count < 0 || count > LONGEST_RANGE) {
            throw arguments.fault(
                    1,
                    "range() makes 0 to " + LONGEST_RANGE + " numbers, not " + count + ".",
                    "Give a count within that.");
        }
        if (Math.abs(start) > LARGEST_ELEMENT || start + count > LARGEST_ELEMENT) {
            throw arguments.fault(0, "range() would go beyond " + LARGEST_ELEMENT + ".", "Begin lower or count less.");
        }
        List<Node> numbers = new ArrayList<>();
        for (long number = start; number < start + count; number++) {
            numbers.add(arguments.of(number));
        }
        return arguments.of(numbers);
    }

    private static Node indexFromEnd(Arguments arguments) {
        int size = arguments.array(0).size();
        return fromEnd(arguments)
                .orElseThrow(() -> arguments.fault(
                        1,
                        "the array has " + size + " elements; there is none at that place from its end.",
                        "Give 1 for the last element, 2 for the one before, or use tryIndexFromEnd()."));
    }

    private static Node tryIndexFromEnd(Arguments arguments) {
        return fromEnd(arguments).orElseGet(arguments::nothing);
    }

    private static Optional<Node> fromEnd(Arguments arguments) {
        List<Node> elements = arguments.array(0);
        long reverse = arguments.whole(1);
        return reverse < 1 || reverse > elements.size()
                ? Optional.empty()
                : Optional.of(elements.get((int) (elements.size() - reverse)));
    }
}
