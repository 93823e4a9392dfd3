package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.OpenNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code sort}: a stable merge sort of our own, because the JDK's refuses orders that contradict themselves, and a
 * template's lambda may be such an order. Confined to one call.
 */
final class LambdaSort {
    private final Lambda isBefore;
    private Optional<Node> open = Optional.empty();

    private LambdaSort(Lambda isBefore) {
        this.isBefore = isBefore;
    }

    static Node sort(Arguments arguments) {
        LambdaSort sort = new LambdaSort(arguments.lambda(1, 2, 2));
        List<Node> sorted = sort.sorted(arguments.array(0));
        return sort.open.isPresent() ? arguments.open(List.of(sort.open.get())) : arguments.of(sorted);
    }

    private List<Node> sorted(List<Node> elements) {
        if (elements.size() < 2 || open.isPresent()) {
            return elements;
        }
        int middle = elements.size() / 2;
        List<Node> left = sorted(elements.subList(0, middle));
        List<Node> right = sorted(elements.subList(middle, elements.size()));
        List<Node> merged = new ArrayList<>(elements.size());
        int l = 0;
        int r = 0;
        while (l < left.size() && r < right.size()) {
            merged.add(isBefore(right.get(r), left.get(l)) ? right.get(r++) : left.get(l++));
        }
        merged.addAll(left.subList(l, left.size()));
        merged.addAll(right.subList(r, right.size()));
        return merged;
    }

    private boolean isBefore(Node first, Node second) {
        if (open.isPresent()) {
            return false;
        }
        Node verdict = isBefore.apply(first, second);
        if (verdict instanceof OpenNode) {
            open = Optional.of(verdict);
            return false;
        }
        return LambdaFunctions.flag(verdict, isBefore);
    }
}
