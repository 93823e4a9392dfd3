package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;
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
    private static final String PLACEHOLDER =
            "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/resourceGroup";

    private static final Pattern SCOPE = Pattern.compile(
            "(/subscriptions/[\\w.-]+/resourceGroups/[\\w.()-]+)/providers/Microsoft\\.Network/applicationGateways/([^/]+)"
                    + "(/.*)?",
            Pattern.CASE_INSENSITIVE);

    private final ConfigObject gateway;
    private final String root;
    private final Map<String, Map<String, String>> names = new HashMap<>();

    ResourceIds(ObjectNode node, ConfigObject gateway, String gatewayName) {
        this.gateway = gateway;
        String scope = scopeOf(node, gatewayName).orElse(PLACEHOLDER);
        this.root = scope + "/providers/" + GatewayFinder.TYPE + "/" + gatewayName;
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
