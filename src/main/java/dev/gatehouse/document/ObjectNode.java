package dev.gatehouse.document;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose names compare without regard to case (CFG-9). Immutable.
 *
 * @param place of its brace
 * @param byFoldedName members in file order, keyed by lower-case name
 * @param extent counted here, whatever is handed in
 */
public record ObjectNode(Place place, Map<String, Member> byFoldedName, Extent extent) implements Node {

    /**
     * A name with its value.
     *
     * @param name as written
     * @param place of the name
     * @param value the value
     */
    public record Member(String name, Place place, Node value) {}

    public ObjectNode {
        byFoldedName = Collections.unmodifiableMap(new LinkedHashMap<>(byFoldedName));
        extent = Extent.around(byFoldedName.values().stream().map(Member::value).toList());
    }

    public ObjectNode(Place place, Map<String, Member> byFoldedName) {
        this(place, byFoldedName, Extent.LEAF);
    }

    public static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The value of a member; {@code null} equals absent (CFG-11). */
    public Optional<Node> get(String name) {
        @Nullable Member member = byFoldedName.get(fold(name));
        return member == null || isNull(member.value()) ? Optional.empty() : Optional.of(member.value());
    }

    public Optional<ObjectNode> object(String name) {
        return get(name).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }

    /** The string value of a member, or absent if it is no string. */
    public Optional<String> text(String name) {
        return get(name)
                .filter(node -> node instanceof ScalarNode scalar && scalar.isText())
                .map(node -> ((ScalarNode) node).text());
    }

    public Collection<Member> members() {
        return byFoldedName.values();
    }

    public static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.type() == ScalarNode.Type.NULL;
    }

    @Override
    public String describe() {
        return "an object";
    }

    @Override
    public boolean sameAs(Node other) {
        if (!(other instanceof ObjectNode object)
                || !object.byFoldedName.keySet().equals(byFoldedName.keySet())) {
            return false;
        }
        for (Map.Entry<String, Member> entry : byFoldedName.entrySet()) {
            @Nullable Member twin = object.byFoldedName.get(entry.getKey());
            if (twin == null || !entry.getValue().value().sameAs(twin.value())) {
                return false;
            }
        }
        return true;
    }
}
