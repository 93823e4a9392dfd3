package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object of the local file. Every key must be known: a slip of the pen there would otherwise leave a machine with a
 * default that nobody asked for. Confined to one load.
 */
final class StrictObject {
    private final @Nullable ObjectNode node;
    private final Scalars values;
    private final Problems problems;

    /** An object with named keys; one that is not there reads as empty. */
    StrictObject(Optional<ObjectNode> node, List<String> keys, Problems problems) {
        this.node = node.orElse(null);
        this.values = new Scalars(problems);
        this.problems = problems;
        node.ifPresent(object -> object.members().forEach(member -> checkKey(member, keys)));
    }

    private void checkKey(ObjectNode.Member member, List<String> keys) {
        if (keys.stream().noneMatch(member.name()::equalsIgnoreCase)
                && !member.name().equals("$schema")) {
            String guess = Wording.closest(member.name(), keys)
                    .map(near -> Wording.didYouMean(near) + " ")
                    .orElse("");
            problems.error(
                    "LOCAL",
                    Kind.UNKNOWN_KEY,
                    member.place(),
                    "the local file has no key " + Wording.quote(member.name()) + " here (known: " + Wording.list(keys)
                            + ").",
                    guess + "Correct or remove it.");
        }
    }

    Optional<Node> get(String name) {
        return node == null ? Optional.empty() : node.get(name);
    }

    Optional<String> text(String name) {
        return get(name).flatMap(values::text).filter(text -> !text.isBlank());
    }

    boolean flag(String name, boolean otherwise) {
        return get(name).flatMap(values::flag).orElse(otherwise);
    }

    <E> E choice(String name, Map<String, E> choices, E otherwise) {
        return get(name).flatMap(value -> values.choice(value, choices)).orElse(otherwise);
    }

    Optional<ObjectNode> object(String name) {
        Optional<Node> value = get(name);
        if (value.isPresent() && !(value.get() instanceof ObjectNode)) {
            values.wrongType(value.get(), "an object");
            return Optional.empty();
        }
        return value.map(ObjectNode.class::cast);
    }

    /** The members of an object whose keys are names of the user's, by name as written. */
    Map<String, ObjectNode.Member> entries(String name) {
        Map<String, ObjectNode.Member> entries = new LinkedHashMap<>();
        object(name).ifPresent(object -> object.members().forEach(member -> entries.put(member.name(), member)));
        return entries;
    }

    List<Node> array(String name) {
        return get(name).map(this::elements).orElse(List.of());
    }

    List<Node> elements(Node value) {
        if (value instanceof ArrayNode array) {
            return array.elements();
        }
        values.wrongType(value, "an array");
        return List.of();
    }

    Scalars values() {
        return values;
    }
}
