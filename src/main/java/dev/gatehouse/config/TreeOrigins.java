package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.model.Origin;
import dev.gatehouse.model.Origins;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Origins out of the tree that was read: a load notes one object per name and nothing more; where a member stands is
 * looked up when somebody asks. Keeps the tree for as long as it is kept itself. Filled by one load, then only read.
 */
final class TreeOrigins implements Origins {
    private final Map<String, ObjectNode> elements = new HashMap<>();

    void add(String element, ObjectNode node) {
        elements.putIfAbsent(ObjectNode.fold(element), node);
    }

    /** The local file: its parts and their parts. */
    void addLocal(ObjectNode root) {
        add("local", root);
        root.members().forEach(part -> addPart("local/" + part.name(), part.value(), 1));
    }

    private void addPart(String name, Node node, int more) {
        if (node instanceof ObjectNode object) {
            add(name, object);
            if (more > 0) {
                object.members().forEach(part -> addPart(name + '/' + part.name(), part.value(), more - 1));
            }
        }
    }

    @Override
    public Optional<Origin> of(String element) {
        return node(element).map(node -> origin(node.place()));
    }

    @Override
    public Optional<Origin> of(String element, String member) {
        return member(element, member).map(node -> origin(node.place()));
    }

    @Override
    public Optional<Origin> of(String element, String member, String text) {
        Optional<Node> found = member(element, member);
        List<Node> entries = found.isPresent() && found.get() instanceof ArrayNode array
                ? array.elements()
                : found.map(List::of).orElse(List.of());
        return first(entries, text, TreeOrigins::fold)
                .or(() -> first(entries, text, TreeOrigins::foldHost))
                .map(entry -> origin(entry.place()));
    }

    private static Optional<Node> first(List<Node> entries, String text, UnaryOperator<String> folding) {
        String wanted = folding.apply(text);
        return entries.stream().filter(entry -> says(entry, wanted, folding)).findFirst();
    }

    private Optional<ObjectNode> node(String element) {
        @Nullable ObjectNode node = elements.get(ObjectNode.fold(element));
        return Optional.ofNullable(node);
    }

    // As ConfigObject looks it up (CFG-8).
    private Optional<Node> member(String element, String member) {
        return node(element)
                .flatMap(node -> node.object("properties")
                        .flatMap(inner -> inner.get(member))
                        .or(() -> node.get(member)));
    }

    private static boolean says(Node node, String wanted, UnaryOperator<String> folding) {
        if (node instanceof ObjectNode object) {
            return object.members().stream().anyMatch(member -> saysItself(member.value(), wanted, folding));
        }
        return saysItself(node, wanted, folding);
    }

    private static boolean saysItself(Node node, String wanted, UnaryOperator<String> folding) {
        return node instanceof ScalarNode scalar && folding.apply(scalar.text()).equals(wanted);
    }

    private static String fold(String text) {
        return ObjectNode.fold(text.strip());
    }

    /** As listeners fold their names. */
    private static String foldHost(String text) {
        String folded = fold(text);
        return folded.endsWith(".") ? folded.substring(0, folded.length() - 1) : folded;
    }

    private static Origin origin(Place place) {
        return new Origin(place.file(), place.path(), place.line());
    }
}
