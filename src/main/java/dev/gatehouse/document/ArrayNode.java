package dev.gatehouse.document;

import java.util.List;

/**
 * A JSON array. Immutable.
 *
 * @param place of its bracket
 * @param elements in order
 * @param extent counted here, whatever is handed in
 */
public record ArrayNode(Place place, List<Node> elements, Extent extent) implements Node {
    public ArrayNode {
        elements = List.copyOf(elements);
        extent = Extent.around(elements);
    }

    public ArrayNode(Place place, List<Node> elements) {
        this(place, elements, Extent.LEAF);
    }

    @Override
    public String describe() {
        return "an array";
    }

    @Override
    public boolean sameAs(Node other) {
        if (!(other instanceof ArrayNode array) || array.elements.size() != elements.size()) {
            return false;
        }
        for (int i = 0; i < elements.size(); i++) {
            if (!elements.get(i).sameAs(array.elements.get(i))) {
                return false;
            }
        }
        return true;
    }
}
