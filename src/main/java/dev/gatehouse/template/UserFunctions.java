package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code functions} section of a template. Immutable. */
final class UserFunctions {
    private final Map<String, UserFunction> functions = new HashMap<>();

    UserFunctions(Optional<Node> section) {
        if (section.isPresent() && section.get() instanceof ArrayNode namespaces) {
            namespaces.elements().forEach(this::addNamespace);
        }
    }

    Optional<UserFunction> find(String namespace, String name) {
        return Optional.ofNullable(functions.get(key(namespace, name)));
    }

    private void addNamespace(Node node) {
        if (node instanceof ObjectNode object) {
            String namespace = object.text("namespace").orElse("");
            object.object("members")
                    .ifPresent(members -> members.members().forEach(member -> {
                        if (member.value() instanceof ObjectNode function) {
                            add(namespace, member.name(), function);
                        }
                    }));
        }
    }

    private void add(String namespace, String name, ObjectNode function) {
        function.object("output")
                .flatMap(output -> output.get("value"))
                .ifPresent(value -> functions.put(key(namespace, name), new UserFunction(parameters(function), value)));
    }

    private static List<String> parameters(ObjectNode function) {
        List<String> names = new ArrayList<>();
        if (function.get("parameters").orElse(null) instanceof ArrayNode array) {
            for (Node element : array.elements()) {
                if (element instanceof ObjectNode parameter) {
                    parameter.text("name").ifPresent(names::add);
                }
            }
        }
        return names;
    }

    private static String key(String namespace, String name) {
        return ObjectNode.fold(namespace) + '.' + ObjectNode.fold(name);
    }
}
