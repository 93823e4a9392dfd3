package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.ANY;
import static dev.gatehouse.template.Builtin.free;
import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Functions whose answer the template around the expression knows, or only Azure. Stateless. */
final class ScopeFunctions {
    private static final List<String> ENVIRONMENT = List.of(
            "resourceGroup", "subscription", "deployment", "environment", "tenant", "managementGroup", "deployer");

    private static final List<String> RUNTIME = List.of(
            "reference",
            "references",
            Builtins.LIST,
            "utcNow",
            "newGuid",
            "getSecret",
            "pickZones",
            "providers",
            "externalInput",
            "externalInputs",
            "toLogicalZone",
            "toLogicalZones",
            "toPhysicalZone",
            "toPhysicalZones");

    private ScopeFunctions() {}

    static List<Builtin> all() {
        List<Builtin> all = new ArrayList<>();
        all.add(known(
                "parameters", 1, 1, arguments -> arguments.scope().parameter(arguments.text(0), arguments.call())));
        all.add(known("variables", 1, 1, arguments -> arguments.scope().variable(arguments.text(0), arguments.call())));
        all.add(known("copyIndex", 0, 2, ScopeFunctions::copyIndex));
        for (String name : ENVIRONMENT) {
            all.add(known(name, 0, 1, arguments -> arguments.scope().environment(name, arguments.call())));
        }
        for (String name : RUNTIME) {
            all.add(free(name, 0, ANY, arguments -> runtime(arguments)));
        }
        return all;
    }

    private static Node runtime(Arguments arguments) {
        List<Node> values = arguments.nodes();
        return arguments.scope().runtime(arguments.name(), values, arguments.call());
    }

    /** {@code copyIndex()}, {@code copyIndex(offset)}, {@code copyIndex('loop')}, {@code copyIndex('loop', offset)}. */
    private static Node copyIndex(Arguments arguments) {
        boolean isNamed = arguments.count() > 0 && Values.isText(arguments.node(0));
        if (arguments.count() == 2 && !isNamed) {
            throw arguments.wrong(0, "the name of a loop");
        }
        Optional<String> loop = isNamed ? Optional.of(arguments.text(0)) : Optional.empty();
        int offsetAt = isNamed ? 1 : 0;
        long offset = arguments.count() > offsetAt ? arguments.whole(offsetAt) : 0;
        long index = arguments.scope().copyIndex(loop, arguments.call());
        try {
            return arguments.of(Math.addExact(index, offset));
        } catch (ArithmeticException e) {
            throw arguments.fault(offsetAt, "the index needs more than 64 bits.", "Give a smaller offset.");
        }
    }
}
