package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.Wording;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Members of objects and elements of arrays, by key. Immutable.
 *
 * @param offset of the key, for faults
 */
record Members(Evaluation evaluation, int offset) {

    /** The part that must be there. */
    Node get(Node target, Node key) {
        return find(target, key).orElseThrow(() -> absent(target, key));
    }

    /** The part if it is there; an open one if target or key are. A null has no parts. */
    Optional<Node> find(Node target, Node key) {
        if (target instanceof OpenNode || key instanceof OpenNode) {
            return Optional.of(open(target, key));
        }
        if (target instanceof ObjectNode object) {
            return member(object, key);
        }
        if (target instanceof ArrayNode array) {
            return element(array.elements(), key);
        }
        if (ObjectNode.isNull(target)) {
            return Optional.empty();
        }
        throw new EvaluationException(
                offset, target.describe() + " has no properties and no elements.", "Ask an object or an array.");
    }

    private Optional<Node> member(ObjectNode object, Node key) {
        if (!Values.isText(key)) {
            throw new EvaluationException(
                    offset,
                    "an object's property is named by a string, not by " + key.describe() + ".",
                    "Give its name.");
        }
        @Nullable Member member = object.byFoldedName().get(ObjectNode.fold(((ScalarNode) key).text()));
        return Optional.ofNullable(member).map(Member::value);
    }

    private Optional<Node> element(List<Node> elements, Node key) {
        long index = Numbers.whole(key)
                .orElseThrow(() -> new EvaluationException(
                        offset,
                        "an array's element is named by a whole number, not by " + key.describe() + ".",
                        "Give its index, from 0."));
        return index < 0 || index >= elements.size() ? Optional.empty() : Optional.of(elements.get((int) index));
    }

    private EvaluationException absent(Node target, Node key) {
        if (target instanceof ArrayNode array) {
            return new EvaluationException(
                    offset,
                    "the array has no element " + ((ScalarNode) key).text() + "; it has "
                            + array.elements().size() + ".",
                    "Give an index from 0 below that, or use tryGet().");
        }
        if (target instanceof ObjectNode object) {
            List<String> names = object.members().stream().map(Member::name).toList();
            String name = ((ScalarNode) key).text();
            return new EvaluationException(
                    offset,
                    "the object has no property " + Wording.quote(name) + Wording.known(names) + ".",
                    Wording.closest(name, names)
                            .map(closest -> "Was " + Wording.quote(closest) + " meant? Else use tryGet().")
                            .orElse("Correct the name, or use tryGet()."));
        }
        return new EvaluationException(
                offset, "null has no properties and no elements.", "Use tryGet(), or coalesce() before.");
    }

    private Node open(Node target, Node key) {
        Budget budget = evaluation.evaluator().budget();
        String whole = JsonSpelling.argument(target, budget, offset);
        boolean isPlain = Values.isText(key) && ((ScalarNode) key).text().matches("[A-Za-z_$][A-Za-z0-9_$]{0,100}");
        String step =
                isPlain ? "." + ((ScalarNode) key).text() : "[" + JsonSpelling.argument(key, budget, offset) + "]";
        budget.spendText((long) whole.length() + step.length(), offset);
        if (target instanceof OpenNode open && key instanceof ScalarNode part) {
            return Values.at(evaluation.place(), open.part(part.text(), whole + step));
        }
        return new Openness().add(target).add(key).open(evaluation.place(), Holes.hole(whole + step));
    }
}
