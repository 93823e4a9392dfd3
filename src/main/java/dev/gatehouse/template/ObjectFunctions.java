package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.ANY;
import static dev.gatehouse.template.Builtin.free;
import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions that make or open up objects. Stateless. */
final class ObjectFunctions {
    private ObjectFunctions() {}

    static List<Builtin> all() {
        return List.of(
                free("createObject", 0, ANY, ObjectFunctions::createObject),
                known("items", 1, 1, ObjectFunctions::items),
                known("objectKeys", 1, 1, ObjectFunctions::objectKeys),
                free("tryGet", 2, ANY, ObjectFunctions::tryGet));
    }

    private static Node createObject(Arguments arguments) {
        if (arguments.count() % 2 != 0) {
            throw arguments.fault(
                    arguments.count() - 1,
                    "createObject() has a name without a value.",
                    "Give names and values in turn.");
        }
        Map<String, Node> members = new LinkedHashMap<>();
        boolean hasOpenName = false;
        for (int i = 0; i < arguments.count(); i += 2) {
            hasOpenName |= arguments.isOpen(i);
            members.put(TextFunctions.textOrOpen(arguments, i), arguments.node(i + 1));
        }
        arguments.budget().spendArray(members.size(), arguments.offset());
        return hasOpenName ? arguments.open() : Values.object(arguments.place(), members);
    }

    /** Azure documents the result as sorted by key. */
    private static Node items(Arguments arguments) {
        List<Member> members = new ArrayList<>(arguments.object(0).members());
        members.sort(Comparator.comparing(Member::name));
        List<Node> items = new ArrayList<>();
        for (Member member : members) {
            Map<String, Node> item = new LinkedHashMap<>();
            item.put("key", arguments.of(member.name()));
            item.put("value", member.value());
            items.add(Values.object(arguments.place(), item));
        }
        return arguments.of(items);
    }

    private static Node objectKeys(Arguments arguments) {
        List<Node> keys = new ArrayList<>();
        for (Member member : arguments.object(0).members()) {
            keys.add(arguments.of(member.name()));
        }
        return arguments.of(keys);
    }

    /** Each further key is looked up in what the one before found; nothing on the way is null in the end. */
    private static Node tryGet(Arguments arguments) {
        Node value = arguments.node(0);
        for (int i = 1; i < arguments.count() && !ObjectNode.isNull(value); i++) {
            Optional<Node> found = arguments.members(i).find(value, arguments.node(i));
            value = found.orElseGet(arguments::nothing);
        }
        return value;
    }
}
