package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes values that stand in no file, all at the place of the expression that asked. Immutable. */
record Composer(Place place) {

    ScalarNode text(String text) {
        return new ScalarNode(place, ScalarNode.Type.TEXT, text);
    }

    ArrayNode array(Node... elements) {
        return new ArrayNode(place, List.of(elements));
    }

    /** Names and values in turn. */
    ObjectNode object(Object... namesAndValues) {
        Map<String, Member> members = new LinkedHashMap<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            String name = (String) namesAndValues[i];
            Place at = place.member(name);
            members.put(ObjectNode.fold(name), new Member(name, at, (Node) namesAndValues[i + 1]));
        }
        return new ObjectNode(place, members);
    }
}
