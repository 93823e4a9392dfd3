package dev.gatehouse.config;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.Place;
import java.util.LinkedHashMap;
import java.util.Map;

/** An object of a tree being put together; the first value of a name stays. Confined to one export. */
final class Members {
    private final Place place;
    private final Map<String, Member> members = new LinkedHashMap<>();

    Members(Place place) {
        this.place = place;
    }

    boolean has(String name) {
        return members.containsKey(ObjectNode.fold(name));
    }

    void put(String name, Node value) {
        members.putIfAbsent(ObjectNode.fold(name), new Member(name, value.place(), value));
    }

    ObjectNode build() {
        return new ObjectNode(place, members);
    }
}
