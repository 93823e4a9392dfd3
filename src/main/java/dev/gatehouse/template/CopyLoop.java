package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A copy loop over a property, a variable or an output. Immutable.
 *
 * @param name of the property it makes, and of the loop
 * @param count how often, not yet evaluated
 * @param input one element, not yet evaluated
 */
record CopyLoop(String name, Node count, Node input) {

    /** The loops under {@code copy} of an object; none if the member is something else that is called so. */
    static List<CopyLoop> of(ObjectNode object) {
        List<CopyLoop> loops = new ArrayList<>();
        if (object.get("copy").orElse(null) instanceof ArrayNode array) {
            for (Node element : array.elements()) {
                Optional<CopyLoop> loop = element instanceof ObjectNode each ? read(each) : Optional.empty();
                if (loop.isEmpty()) {
                    return List.of();
                }
                loops.add(loop.get());
            }
        }
        return loops;
    }

    /** The loop that makes the elements of an output, which needs no name of its own. */
    static Optional<CopyLoop> ofOutput(String name, ObjectNode output) {
        Optional<ObjectNode> loop = output.object("copy");
        Optional<Node> count = loop.flatMap(copy -> copy.get("count"));
        Optional<Node> input = loop.flatMap(copy -> copy.get("input"));
        return count.isPresent() && input.isPresent()
                ? Optional.of(new CopyLoop(name, count.get(), input.get()))
                : Optional.empty();
    }

    private static Optional<CopyLoop> read(ObjectNode loop) {
        Optional<String> name = loop.text("name");
        Optional<Node> count = loop.get("count");
        Optional<Node> input = loop.get("input");
        return name.isPresent() && count.isPresent() && input.isPresent()
                ? Optional.of(new CopyLoop(name.get(), count.get(), input.get()))
                : Optional.empty();
    }
}
