package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import java.util.List;

/** Functions over strings and arrays alike. Stateless. */
final class CollectionFunctions {
    private static final String NEEDED = "a string or an array";

    private CollectionFunctions() {}

    static List<Builtin> all() {
        return List.of(
                known("empty", 1, 1, CollectionFunctions::empty),
                known("first", 1, 1, arguments -> end(arguments, true)),
                known("last", 1, 1, arguments -> end(arguments, false)),
                known("length", 1, 1, arguments -> arguments.of((long) length(arguments))),
                known("skip", 2, 2, CollectionFunctions::skip),
                known("take", 2, 2, CollectionFunctions::take));
    }

    private static int length(Arguments arguments) {
        if (arguments.node(0) instanceof ObjectNode object) {
            return object.members().size();
        }
        if (arguments.node(0) instanceof ArrayNode array) {
            return array.elements().size();
        }
        if (!Values.isText(arguments.node(0))) {
            throw arguments.wrong(0, "a string, an array or an object");
        }
        return arguments.text(0).length();
    }

    private static Node empty(Arguments arguments) {
        return arguments.of(ObjectNode.isNull(arguments.node(0)) || length(arguments) == 0);
    }

    /** Of an empty string the empty string, of an empty array null. */
    private static Node end(Arguments arguments, boolean isFirst) {
        int last = sequence(arguments) - 1;
        if (arguments.node(0) instanceof ArrayNode array) {
            return last < 0 ? arguments.nothing() : array.elements().get(isFirst ? 0 : last);
        }
        String text = arguments.text(0);
        if (text.isEmpty()) {
            return arguments.of("");
        }
        return arguments.of(isFirst ? text.substring(0, 1) : text.substring(last));
    }

    private static Node skip(Arguments arguments) {
        int length = sequence(arguments);
        int count = (int) Math.min(length, Math.max(0, arguments.whole(1)));
        return part(arguments, count, length);
    }

    private static Node take(Arguments arguments) {
        int length = sequence(arguments);
        int count = (int) Math.min(length, Math.max(0, arguments.whole(1)));
        return part(arguments, 0, count);
    }

    private static Node part(Arguments arguments, int from, int to) {
        return arguments.node(0) instanceof ArrayNode array
                ? arguments.of(array.elements().subList(from, to))
                : arguments.of(arguments.text(0).substring(from, to));
    }

    private static int sequence(Arguments arguments) {
        if (!(arguments.node(0) instanceof ArrayNode) && !Values.isText(arguments.node(0))) {
            throw arguments.wrong(0, NEEDED);
        }
        return length(arguments);
    }
}
