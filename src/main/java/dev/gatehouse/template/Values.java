package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes nodes for computed values. Stateless. */
final class Values {
    private Values() {}

    static Node text(Place place, String text) {
        return new ScalarNode(place, ScalarNode.Type.TEXT, text);
    }

    static Node number(Place place, long number) {
        return new ScalarNode(place, ScalarNode.Type.NUMBER, Long.toString(number));
    }

    static Node flag(Place place, boolean flag) {
        return new ScalarNode(place, ScalarNode.Type.BOOLEAN, Boolean.toString(flag));
    }

    static Node nothing(Place place) {
        return new ScalarNode(place, ScalarNode.Type.NULL, "null");
    }

    /** An object; each value stands at its member's path. Of names that are equal but for case the last counts. */
    static Node object(Place place, Map<String, Node> values) {
        Map<String, Member> members = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            Place own = place.member(name);
            members.put(ObjectNode.fold(name), new Member(name, own, at(own, value)));
        });
        return new ObjectNode(place, members);
    }

    /** An array; each element stands at its own path. */
    static Node array(Place place, List<Node> elements) {
        List<Node> placed = new ArrayList<>(elements.size());
        for (Node element : elements) {
            placed.add(at(place.at(place.pointer().element(placed.size())), element));
        }
        return new ArrayNode(place, placed);
    }

    /** The same value standing elsewhere; the parts of arrays and objects stay where they were written. */
    static Node at(Place place, Node value) {
        if (value instanceof ScalarNode scalar) {
            return new ScalarNode(place, scalar.type(), scalar.text());
        }
        if (value instanceof OpenNode open) {
            return new OpenNode(place, open.text(), open.needs());
        }
        if (value instanceof ArrayNode array) {
            return array.place().equals(place) ? array : new ArrayNode(place, array.elements());
        }
        ObjectNode object = (ObjectNode) value;
        return object.place().equals(place) ? object : new ObjectNode(place, object.byFoldedName());
    }

    static boolean isText(Node value) {
        return value instanceof ScalarNode scalar && scalar.isText();
    }

    static boolean isNumber(Node value) {
        return value instanceof ScalarNode scalar && scalar.type() == ScalarNode.Type.NUMBER;
    }

    static boolean isFlag(Node value) {
        return value instanceof ScalarNode scalar && scalar.type() == ScalarNode.Type.BOOLEAN;
    }
}
