package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The values given to a template's parameters, by name without regard to case. */
@FunctionalInterface
interface ParameterValues {
    Optional<Node> value(String name);

    /** From objects in a parameter file's form, the first that has the name. Values stand there as they are. */
    static ParameterValues literal(List<ObjectNode> sources) {
        return name -> sources.stream()
                .flatMap(source -> source.object(name).stream())
                .flatMap(entry -> entry.get("value").stream())
                .filter(value -> !Parameters.isPlaceholder(value))
                .findFirst();
    }
}
