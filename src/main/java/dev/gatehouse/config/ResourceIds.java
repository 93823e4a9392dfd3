package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.model.Gateway;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a gateway and its parts (CFG-16): its own id where it has one, otherwise subscription and group of the
 * first id in the file that names it, otherwise placeholders. Confined to one export.
 */
final class ResourceIds {
    private static final String UNKNOWN_SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";

    private static final Pattern SCOPE = Pattern.compile(
            "(/subscriptions/[\\w.-]+/resourceGroups/[\\w.()-]+)/providers/Microsoft\\.Network/applicationGateways/([^/]+)"
                    + "(/.*)?",
            Pattern.CASE_INSENSITIVE);

    private final ConfigObject gateway;
    private final String root;
    private final Map<String, Map<String, String>> names = new HashMap<>();

    ResourceIds(ObjectNode node, ConfigObject gateway, String gatewayName) {
        this.gateway = gateway;
        this.root = gatewayId(node, gatewayName, Optional.empty());
    }

    /** The id of a gateway; {@code scope} of the local file stands in for what the gateway file does not say. */
    static String gatewayId(ObjectNode gateway, String name, Optional<ObjectNode> scope) {
        String group = scopeOf(gateway, name)
                .or(() -> scope.flatMap(ResourceIds::groupOf))
                .orElse(Gateway.UNKNOWN_GROUP);
        return group + "/providers/" + GatewayFinder.TYPE + "/" + name;
    }

    private static Optional<String> groupOf(ObjectNode scope) {
        Optional<String> subscription =
                scope.text("subscriptionId").map(String::strip).filter(text -> !text.isEmpty());
        Optional<String> group = scope.text("resourceGroup").map(String::strip).filter(text -> !text.isEmpty());
        return subscription.isEmpty() && group.isEmpty()
                ? Optional.empty()
                : Optional.of("/subscriptions/" + subscription.orElse(UNKNOWN_SUBSCRIPTION) + "/resourceGroups/"
                        + group.orElse("resourceGroup"));
    }

    String gateway() {
        return root;
    }

    /** The id of an object of a collection, by its canonical name; empty if there is none of that name. */
    Optional<String> of(String collection, String name) {
        @Nullable
        String known = names.computeIfAbsent(collection, this::namesIn).get(ObjectNode.fold(name));
        return Optional.ofNullable(known).map(canonical -> root + "/" + collection + "/" + canonical);
    }

    /** The name of an object, from its id if it has no other (CFG-16); of an open one what is known, as when it is read. */
    static Optional<String> nameOf(ConfigObject object) {
        Optional<String> own = object.get("name").flatMap(ResourceIds::text).filter(name -> !name.isEmpty());
        return own.or(() -> object.reference("id")
                .map(id -> ReferenceText.of(id.text()).name())
                .filter(name -> !name.isEmpty()));
    }

    private static Optional<String> text(Node node) {
        if (node instanceof OpenNode open) {
            return Optional.of(open.text());
        }
        return node instanceof ScalarNode scalar && scalar.isText()
                ? Optional.of(scalar.text().strip())
                : Optional.empty();
    }

    private Map<String, String> namesIn(String collection) {
        Map<String, String> found = new HashMap<>();
        gateway.objects(collection)
                .forEach(object -> nameOf(object).ifPresent(name -> found.putIfAbsent(ObjectNode.fold(name), name)));
        return found;
    }

    private static Optional<String> scopeOf(Node node, String gatewayName) {
        if (node instanceof ScalarNode scalar) {
            return scalar.isText() ? scopeIn(scalar.text(), gatewayName) : Optional.empty();
        }
        if (node instanceof ObjectNode object) {
            Optional<String> own = object.get("id").flatMap(id -> scopeOf(id, gatewayName));
            return own.isPresent()
                    ? own
                    : object.members().stream()
                            .map(member -> scopeOf(member.value(), gatewayName))
                            .flatMap(Optional::stream)
                            .findFirst();
        }
        return node instanceof ArrayNode array
                ? array.elements().stream()
                        .map(element -> scopeOf(element, gatewayName))
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> scopeIn(String text, String gatewayName) {
        Matcher matcher = SCOPE.matcher(text.strip());
        return matcher.matches() && matcher.group(2).equalsIgnoreCase(gatewayName)
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }
}
