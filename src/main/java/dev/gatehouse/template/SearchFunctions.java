package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.free;
import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.template.Comparison.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * Functions that look for something in a string, an array or an object. As Azure documents them, {@code contains}
 * minds case in strings and the others do not; elements of arrays compare as {@code equals} does. Stateless.
 */
final class SearchFunctions {
    private SearchFunctions() {}

    static List<Builtin> all() {
        return List.of(
                free("contains", 2, 2, SearchFunctions::contains),
                free("indexOf", 2, 2, arguments -> index(arguments, false)),
                free("lastIndexOf", 2, 2, arguments -> index(arguments, true)),
                known("startsWith", 2, 2, SearchFunctions::startsWith),
                known("endsWith", 2, 2, SearchFunctions::endsWith));
    }

    private static Node contains(Arguments arguments) {
        Node container = arguments.node(0);
        if (container instanceof ArrayNode) {
            return containsElement(arguments);
        }
        if (container instanceof OpenNode || arguments.node(1) instanceof OpenNode) {
            return arguments.open();
        }
        if (container instanceof ObjectNode object) {
            return arguments.of(object.byFoldedName().containsKey(ObjectNode.fold(arguments.text(1))));
        }
        if (!Values.isText(container)) {
            throw arguments.wrong(0, "a string, an array or an object");
        }
        String text = arguments.text(0);
        String word = arguments.spelled(1);
        arguments.budget().spendSearch(text.length(), word.length(), arguments.offset());
        return arguments.of(text.contains(word));
    }

    private static Node containsElement(Arguments arguments) {
        boolean isUnsure = false;
        for (Node element : arguments.array(0)) {
            Verdict verdict = Comparison.of(element, arguments.node(1), arguments.budget(), arguments.offset());
            if (verdict == Verdict.SAME) {
                return arguments.of(true);
            }
            isUnsure |= verdict == Verdict.UNKNOWN;
        }
        return isUnsure ? arguments.open() : arguments.of(false);
    }

    private static Node index(Arguments arguments, boolean isLast) {
        if (arguments.isOpen(0)) {
            arguments.nodes();
            return arguments.open();
        }
        if (arguments.node(0) instanceof ArrayNode) {
            return indexOfElement(arguments, isLast);
        }
        if (arguments.isOpen(1)) {
            return arguments.open();
        }
        String text = folded(arguments, 0);
        String word = folded(arguments, 1);
        arguments.budget().spendSearch(text.length(), word.length(), arguments.offset());
        return arguments.of((long) (isLast ? text.lastIndexOf(word) : text.indexOf(word)));
    }

    private static Node indexOfElement(Arguments arguments, boolean isLast) {
        List<Node> elements = arguments.array(0);
        for (int i = 0; i < elements.size(); i++) {
            int index = isLast ? elements.size() - 1 - i : i;
            Verdict verdict =
                    Comparison.of(elements.get(index), arguments.node(1), arguments.budget(), arguments.offset());
            if (verdict == Verdict.UNKNOWN) {
                return arguments.open();
            }
            if (verdict == Verdict.SAME) {
                return arguments.of((long) index);
            }
        }
        return arguments.of(-1L);
    }

    private static Node startsWith(Arguments arguments) {
        String prefix = arguments.text(1);
        arguments.budget().spendText(prefix.length(), arguments.offset());
        return arguments.of(arguments.text(0).regionMatches(true, 0, prefix, 0, prefix.length()));
    }

    private static Node endsWith(Arguments arguments) {
        String text = arguments.text(0);
        String suffix = arguments.text(1);
        arguments.budget().spendText(suffix.length(), arguments.offset());
        return arguments.of(text.regionMatches(true, text.length() - suffix.length(), suffix, 0, suffix.length()));
    }

    private static String folded(Arguments arguments, int index) {
        String text = arguments.text(index);
        arguments.budget().spendText(text.length(), arguments.offset(index));
        // Lower case may be longer than the text in a few scripts, which would move indexes.
        String folded = text.toLowerCase(Locale.ROOT);
        return folded.length() == text.length() ? folded : text;
    }
}
