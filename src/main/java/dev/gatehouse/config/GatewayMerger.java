package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parts of one gateway in several files become one (CFG-7): collections are concatenated, and a name that then stands
 * twice is an error of its own. Parts belong together if they have the same name, or none. Confined to one load.
 */
final class GatewayMerger {
    private final Problems problems;

    GatewayMerger(Problems problems) {
        this.problems = problems;
    }

    /** The gateways of all files, those of one name in different files made one. */
    List<GatewayFinder.Candidate> merge(List<GatewayFinder.Found> files) {
        List<GatewayFinder.Candidate> merged = new ArrayList<>();
        for (GatewayFinder.Found file : files) {
            Map<String, Integer> earlier = places(merged);
            for (GatewayFinder.Candidate part : file.gateways()) {
                int whole = earlier.getOrDefault(key(part), -1);
                int nameless = merged.size() == 1 && (isNameless(part) || isNameless(merged.get(0))) ? 0 : -1;
                int into = whole >= 0 ? whole : earlier.isEmpty() ? -1 : nameless;
                if (into < 0) {
                    merged.add(part);
                } else {
                    merged.set(into, joined(merged.get(into), part));
                }
            }
        }
        return merged;
    }

    /** Where the first of each name stands. */
    private static Map<String, Integer> places(List<GatewayFinder.Candidate> gateways) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < gateways.size(); i++) {
            places.putIfAbsent(key(gateways.get(i)), i);
        }
        return places;
    }

    private static String key(GatewayFinder.Candidate candidate) {
        return ObjectNode.fold(candidate.name());
    }

    private static boolean isNameless(GatewayFinder.Candidate candidate) {
        return candidate.node().get("name").isEmpty()
                && candidate.node().get("id").isEmpty();
    }

    private GatewayFinder.Candidate joined(GatewayFinder.Candidate first, GatewayFinder.Candidate second) {
        Map<String, Member> members = new LinkedHashMap<>(flat(first.node()));
        flat(second.node()).forEach((folded, member) -> {
            @Nullable Member earlier = members.get(folded);
            members.put(folded, earlier == null ? member : joined(earlier, member));
        });
        ObjectNode node = new ObjectNode(first.node().place(), members);
        return new GatewayFinder.Candidate(node, first.template().or(second::template));
    }

    private Member joined(Member first, Member second) {
        if (first.value() instanceof ArrayNode left && second.value() instanceof ArrayNode right) {
            List<Node> elements = new ArrayList<>(left.elements());
            elements.addAll(right.elements());
            return new Member(first.name(), first.place(), new ArrayNode(left.place(), elements));
        }
        if (!first.value().sameAs(second.value()) && !ObjectNode.isNull(second.value())) {
            problems.warn(
                    "CFG-7",
                    Kind.CONFLICT,
                    second.place(),
                    first.place().file() + " holds another value for this at line "
                            + first.place().line() + "; that one counts.",
                    "Remove one of the two.");
        }
        return first;
    }

    /** One level, as CFG-8 reads it. */
    private static Map<String, Member> flat(ObjectNode gateway) {
        Map<String, Member> members = new LinkedHashMap<>(gateway.byFoldedName());
        Optional<ObjectNode> properties = gateway.object("properties");
        if (properties.isPresent()) {
            members.remove("properties");
            members.putAll(properties.get().byFoldedName());
        }
        return members;
    }
}
