package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One object of the gateway file, read the same way in ARM's layout and the CLI's: a name is looked up in
 * {@code properties} first, then in the object itself (CFG-8). Unknown members are never asked for and so ignored
 * (CFG-11). Confined to one load.
 */
final class ConfigObject {
    private final ObjectNode outer;
    private final @Nullable ObjectNode inner;
    private final Problems problems;
    private final Scalars values;

    private ConfigObject(ObjectNode outer, @Nullable ObjectNode inner, Problems problems) {
        this.outer = outer;
        this.inner = inner;
        this.problems = problems;
        this.values = new Scalars(problems);
    }

    static ConfigObject of(ObjectNode node, Problems problems) {
        Optional<Node> properties = node.get("properties");
        Optional<ObjectNode> wrapped = properties.flatMap(ConfigObject::asKnown);
        if (wrapped.isPresent()) {
            return new ConfigObject(node, wrapped.get(), problems);
        }
        ConfigObject flat = new ConfigObject(node, null, problems);
        properties
                .filter(value -> !flat.values.isOpen(value))
                .ifPresent(value -> flat.values.wrongType(value, "an object"));
        return flat;
    }

    /** An object, or what is known of one. */
    private static Optional<ObjectNode> asKnown(Node node) {
        if (node instanceof OpenNode open) {
            return open.known();
        }
        return Optional.of(node).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }

    /** Whether all its settings are hidden behind one value that could not be read. */
    boolean isOpen() {
        return inner == null && outer.get("properties").isPresent();
    }

    /** The object as written, its {@code properties} still wrapped. */
    ObjectNode node() {
        return outer;
    }

    Place place() {
        return outer.place();
    }

    /** Where a member stands, or would stand. */
    Place placeOf(String name) {
        return get(name).map(Node::place).orElseGet(() -> place().member(name));
    }

    boolean has(String name) {
        return get(name).isPresent();
    }

    /** Whether a member says something, were it only something wrong, which is then a problem of its own. */
    boolean isStated(String name) {
        return linked(name).filter(value -> !saysNothing(value)).isPresent();
    }

    Optional<Node> get(String name) {
        Optional<Node> own = outer.get(name);
        if (inner == null) {
            return own;
        }
        Optional<Node> wrapped = inner.get(name);
        if (wrapped.isPresent() && own.isPresent() && !wrapped.get().sameAs(own.get())) {
            problems.warn(
                    "CFG-8",
                    Kind.CONFLICT,
                    own.get().place(),
                    "the object's properties hold another value for this at line "
                            + wrapped.get().place().line() + "; that one counts.",
                    "Remove one of the two.");
        }
        return wrapped.isPresent() ? wrapped : own;
    }

    /** A text that says something; the empty text equals absent. */
    Optional<String> text(String name) {
        return get(name).flatMap(values::text).filter(text -> !text.isBlank());
    }

    /** As {@link #text}, but the empty text counts. */
    Optional<String> anyText(String name) {
        return get(name).flatMap(values::text);
    }

    /** As {@link #text}, but a value that is not known is absent instead of a problem: the local file can replace it. */
    Optional<String> replaceableText(String name) {
        return get(name).filter(node -> node instanceof OpenNode).isPresent() ? Optional.empty() : text(name);
    }

    Optional<Integer> integer(String name, int least, int most) {
        return get(name).flatMap(node -> values.integer(node, least, most, "VAL-27"));
    }

    /** As {@link #integer}, and absence is an error. */
    Optional<Integer> requiredInteger(String name, int least, int most) {
        require(name);
        return integer(name, least, most);
    }

    boolean flag(String name, boolean otherwise) {
        return get(name).flatMap(values::flag).orElse(otherwise);
    }

    <E> Optional<E> choice(String name, Map<String, E> choices) {
        return text(name).isEmpty() ? Optional.empty() : get(name).flatMap(node -> values.choice(node, choices));
    }

    List<Node> array(String name) {
        Optional<Node> node = get(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get() instanceof ArrayNode array) {
            return array.elements().stream()
                    .filter(element -> !ObjectNode.isNull(element))
                    .toList();
        }
        if (!values.isOpen(node.get()) && !values.isEmptyText(node.get(), "[]", "an array")) {
            values.wrongType(node.get(), "an array");
        }
        return List.of();
    }

    List<ConfigObject> objects(String name) {
        List<ConfigObject> objects = new ArrayList<>();
        array(name).forEach(element -> asObject(element).ifPresent(objects::add));
        return objects;
    }

    Optional<ConfigObject> asObject(Node node) {
        Optional<ObjectNode> object = asKnown(node);
        if (object.isPresent()) {
            return Optional.of(of(object.get(), problems));
        }
        if (!values.isOpen(node) && !values.isEmptyText(node, "{}", "an object")) {
            values.wrongType(node, "an object");
        }
        return Optional.empty();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        array(name).forEach(element -> values.text(element).ifPresent(texts::add));
        return texts;
    }

    /** A nested object; an empty one equals absent. */
    Optional<ConfigObject> object(String name) {
        Optional<Node> node = get(name);
        if (node.isPresent() && node.get() instanceof ObjectNode object) {
            return object.members().isEmpty() ? Optional.empty() : Optional.of(of(object, problems));
        }
        return node.flatMap(this::asObject);
    }

    /** A reference; {@code null}, an empty object and an empty id equal absent (CFG-11). */
    Optional<Reference> reference(String name) {
        return linked(name).flatMap(this::referenceIn);
    }

    /** Files that refer by names have members such as {@code frontendPortName} or {@code backendHttpSettingName}. */
    private Optional<Node> linked(String name) {
        Optional<Node> plain = get(name).or(() -> get(name + "Name"));
        return plain.isEmpty() && name.endsWith("s") ? get(name.substring(0, name.length() - 1) + "Name") : plain;
    }

    /** As {@link #reference}, and absence is an error. */
    Optional<Reference> requiredReference(String name) {
        Optional<Node> node = linked(name).filter(value -> !saysNothing(value));
        if (node.isEmpty()) {
            problems.error(
                    "MISSING", Kind.MISSING, placeOf(name), "it is required but absent.", "Refer to one by its id.");
        }
        return node.flatMap(this::referenceIn);
    }

    List<Reference> references(String name) {
        List<Reference> references = new ArrayList<>();
        array(name).forEach(element -> referenceIn(element).ifPresent(references::add));
        return references;
    }

    void require(String name) {
        if (!has(name)) {
            problems.error("MISSING", Kind.MISSING, placeOf(name), "it is required but absent.", "Add it.");
        }
    }

    private static boolean saysNothing(Node node) {
        if (node instanceof ObjectNode object) {
            return object.members().isEmpty()
                    || object.text("id").filter(String::isBlank).isPresent();
        }
        return node instanceof ScalarNode scalar
                && scalar.isText()
                && scalar.text().isBlank();
    }

    // CFG-15: a bare name and { "name": ... } pass for references too.
    private Optional<Reference> referenceIn(Node node) {
        if (node instanceof ScalarNode scalar && scalar.isText()) {
            return reference(scalar, node);
        }
        if (node instanceof OpenNode open) {
            return Optional.of(new Reference(open.place(), open.text(), Optional.of(open)));
        }
        if (!(node instanceof ObjectNode object)) {
            values.wrongType(node, "a reference such as { \"id\": \"...\" }");
            return Optional.empty();
        }
        if (saysNothing(node)) {
            return Optional.empty();
        }
        Optional<Node> id = object.get("id").or(() -> object.get("name"));
        if (id.isPresent() && id.get() instanceof OpenNode open) {
            Place place = open.place().at(node.place().pointer());
            return Optional.of(new Reference(place, open.text(), Optional.of(open)));
        }
        if (id.isPresent() && id.get() instanceof ScalarNode scalar && scalar.isText()) {
            return reference(scalar, node);
        }
        values.wrongType(id.orElse(node), "a reference such as { \"id\": \"...\" }");
        return Optional.empty();
    }

    private static Optional<Reference> reference(ScalarNode id, Node holder) {
        Place place = id.place().at(holder.place().pointer());
        return id.text().isBlank() ? Optional.empty() : Optional.of(new Reference(place, id.text(), Optional.empty()));
    }
}
