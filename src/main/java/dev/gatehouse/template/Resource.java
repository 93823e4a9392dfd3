package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One resource of a deployment, in one turn of its loop; its parts are evaluated when asked for. Confined to one load. */
final class Resource {
    /** Not needed here; what is wrong in them is nobody's business but Azure's. */
    private static final Set<String> UNREAD = Set.of(
            "apiversion",
            "comments",
            "condition",
            "copy",
            "dependson",
            "identity",
            "location",
            "metadata",
            "resources",
            "tags");

    private final ObjectNode node;
    private final String symbol;
    private final Scope scope;
    private final Deployment owner;
    private final Expander expander;
    private final String type;
    private final String name;
    private @Nullable ObjectNode evaluated;
    private @Nullable Deployment nested;
    private boolean hasLookedInside;
    private @Nullable OpenNode count;

    Resource(
            ObjectNode node,
            String symbol,
            Scope scope,
            Deployment owner,
            String parentType,
            String parentName,
            Expander expander) {
        this.node = node;
        this.symbol = symbol;
        this.scope = scope;
        this.owner = owner;
        this.expander = expander;
        String ownType = plain("type");
        String ownName = plain("name");
        this.type = parentType.isEmpty() || ownType.contains(".") ? ownType : parentType + '/' + ownType;
        this.name = parentName.isEmpty() || ownName.contains("/") ? ownName : parentName + '/' + ownName;
    }

    private String plain(String member) {
        return node.get(member)
                .map(value -> TreeEvaluator.plain(expander.trees().evaluate(value, scope)))
                .orElse("")
                .strip();
    }

    /** With the parent's type in front, for a child inside its parent. */
    String type() {
        return type;
    }

    boolean isOf(String otherType) {
        return type.equalsIgnoreCase(otherType);
    }

    /** With the parent's name in front; unknown parts are holes. */
    String name() {
        return name;
    }

    /** Its region, if it is known. */
    Optional<String> location() {
        return Optional.of(plain("location")).filter(text -> !text.isEmpty() && text.indexOf('«') < 0);
    }

    /** The symbolic name (language version 2.0), or empty. */
    String symbol() {
        return symbol;
    }

    ObjectNode node() {
        return node;
    }

    /** Whether the template only points at it, because it was made elsewhere. */
    boolean isExisting() {
        return isTrue("existing", false);
    }

    /** {@code condition: false} removes a resource; one that is not known leaves it, which {@link #noteDoubts} tells. */
    boolean isSwitchedOff() {
        return node.get("condition").isPresent() && !isTrue("condition", true);
    }

    /** It stands for a loop whose count is not known. */
    void countIs(OpenNode open) {
        count = open;
    }

    /** Tells if it is not sure that the resource is to be made at all. */
    void noteDoubts() {
        if (count != null) {
            expander.noteUnsure(count, count.place(), "how often the loop runs is not known; one turn is taken.");
        }
        node.get("condition").ifPresent(value -> {
            if (expander.trees().evaluate(value, scope) instanceof OpenNode open) {
                expander.noteUnsure(open, value.place(), "whether this is to be made is not known; it is taken as so.");
            }
        });
    }

    private boolean isTrue(String member, boolean otherwise) {
        return node.get(member)
                .map(value -> expander.trees().evaluate(value, scope))
                .filter(value -> value instanceof ScalarNode)
                .map(value -> ((ScalarNode) value).text().equalsIgnoreCase("true"))
                .orElse(otherwise);
    }

    /** Without expressions, but for members that are not read here. */
    ObjectNode evaluated() {
        if (evaluated == null) {
            Map<String, Member> members = new LinkedHashMap<>();
            node.byFoldedName().forEach((folded, member) -> {
                if (!UNREAD.contains(folded)) {
                    Node value = expander.trees().evaluate(member.value(), scope);
                    members.put(folded, new Member(member.name(), member.place(), value));
                }
            });
            evaluated = new ObjectNode(node.place(), members);
        }
        return evaluated;
    }

    /** The deployment that it holds, if it is one. */
    Optional<Deployment> nested() {
        if (!hasLookedInside) {
            hasLookedInside = true;
            nested = isOf(Deployment.TYPE) ? owner.nested(node, scope).orElse(null) : null;
        }
        return Optional.ofNullable(nested);
    }

    /** Whether it is meant by a name, a symbol or an id. */
    boolean isMeantBy(ResourceId id) {
        boolean isNamed = name.equalsIgnoreCase(id.name()) || isLastSegment(id.name());
        return id.type().isEmpty()
                ? isNamed || (!symbol.isEmpty() && symbol.equalsIgnoreCase(id.name()))
                : isNamed && id.type().equalsIgnoreCase(type);
    }

    private boolean isLastSegment(String wanted) {
        return name.contains("/") && name.substring(name.lastIndexOf('/') + 1).equalsIgnoreCase(wanted);
    }

    static Optional<Resource> firstMeantBy(ResourceId id, List<Resource> resources) {
        return resources.stream().filter(resource -> resource.isMeantBy(id)).findFirst();
    }
}
