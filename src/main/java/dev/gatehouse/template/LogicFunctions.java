package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.ANY;
import static dev.gatehouse.template.Builtin.free;
import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ScalarNode;
import java.util.List;
import java.util.Optional;

/** Functions that decide. They look only at the arguments they need. Stateless. */
final class LogicFunctions {
    private LogicFunctions() {}

    static List<Builtin> all() {
        return List.of(
                free("and", 2, ANY, arguments -> until(arguments, false)),
                free("or", 2, ANY, arguments -> until(arguments, true)),
                known("not", 1, 1, arguments -> arguments.of(!arguments.flag(0))),
                free("if", 3, 3, LogicFunctions::choose),
                free("coalesce", 1, ANY, LogicFunctions::coalesce),
                known("bool", 1, 1, LogicFunctions::bool),
                known("true", 0, 0, arguments -> arguments.of(true)),
                known("false", 0, 0, arguments -> arguments.of(false)),
                known("null", 0, 0, Arguments::nothing),
                known("fail", 1, 1, LogicFunctions::fail));
    }

    /** Stops at the first argument that decides; behind an open one Azure might not look, so nor do we. */
    private static Node until(Arguments arguments, boolean decisive) {
        for (int i = 0; i < arguments.count(); i++) {
            if (arguments.isOpen(i)) {
                return arguments.open();
            }
            if (arguments.flag(i) == decisive) {
                return arguments.of(decisive);
            }
        }
        return arguments.of(!decisive);
    }

    private static Node choose(Arguments arguments) {
        if (arguments.isOpen(0)) {
            return arguments.open();
        }
        return arguments.node(arguments.flag(0) ? 1 : 2);
    }

    private static Node coalesce(Arguments arguments) {
        for (int i = 0; i < arguments.count(); i++) {
            if (arguments.isOpen(i)) {
                return arguments.open();
            }
            if (!ObjectNode.isNull(arguments.node(i))) {
                return arguments.node(i);
            }
        }
        return arguments.nothing();
    }

    private static Node bool(Arguments arguments) {
        Node value = arguments.node(0);
        if (Values.isFlag(value)) {
            return value;
        }
        Optional<Long> number = Numbers.whole(value);
        if (number.isPresent()) {
            return arguments.of(number.get() != 0);
        }
        String text = Values.isText(value) ? ((ScalarNode) value).text().strip() : "";
        if (text.equalsIgnoreCase("true") || text.equals("1")) {
            return arguments.of(true);
        }
        if (text.equalsIgnoreCase("false") || text.equals("0")) {
            return arguments.of(false);
        }
        throw arguments.wrong(0, "'true', 'false' or a number");
    }

    private static Node fail(Arguments arguments) {
        throw arguments.fault(
                0, "the template refuses its input: " + arguments.text(0), "Change the parameters it speaks of.");
    }
}
