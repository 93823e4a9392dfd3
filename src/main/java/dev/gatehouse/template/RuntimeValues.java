package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Need;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Results of the functions that only Azure can answer: what the user's {@code references} say, over what the template
 * itself lets us compute, else open. Confined to one load.
 */
final class RuntimeValues {
    private final Optional<ObjectNode> references;
    private final KnownProperties known;
    private final Budget budget;

    RuntimeValues(Optional<ObjectNode> references, AzureScope azure, Budget budget, Expander expander) {
        this.budget = budget;
        this.references = references;
        this.known = new KnownProperties(azure, expander);
    }

    /** The result of one call; {@code deployment} is where it stands. */
    Node answer(String function, List<Node> arguments, Call call, Deployment deployment) {
        Optional<Node> subject = arguments.stream().findFirst();
        String text = subject.map(TreeEvaluator::plain).orElse(function);
        Optional<Node> given = given(call.text(), text);
        if (!function.equalsIgnoreCase("reference")) {
            return given.orElseGet(() -> open(subject, text, call, Optional.empty()));
        }
        ResourceId id = ResourceId.of(text);
        Optional<Resource> resource = resource(id, deployment, call);
        Optional<ObjectNode> computed = resource.map(found -> known.of(found, call))
                .or(() -> known.derived(id, call))
                .filter(object -> !object.members().isEmpty());
        String key = resource.map(Resource::name).orElse(text);
        Optional<ObjectNode> properties = merged(computed, given);
        boolean isFull =
                arguments.size() > 2 && TreeEvaluator.plain(arguments.get(2)).equalsIgnoreCase("Full");
        Optional<ObjectNode> answer = isFull ? Optional.of(full(properties, key, resource, call)) : properties;
        return open(subject, key, call, answer);
    }

    /** If it is not even known whose value is asked for, that must be closed first. */
    private static OpenNode open(Optional<Node> subject, String text, Call call, Optional<ObjectNode> known) {
        if (subject.isPresent() && subject.get() instanceof OpenNode asked) {
            return new OpenNode(call.place(), hole(call), asked.needs(), asked.fault(), known, false);
        }
        return new OpenNode(call.place(), hole(call), Set.of(need(text)), Optional.empty(), known, true);
    }

    private static ObjectNode full(
            Optional<ObjectNode> properties, String text, Optional<Resource> resource, Call call) {
        Composer at = new Composer(call.place());
        Node inner = new OpenNode(call.place(), hole(call), Set.of(need(text)), Optional.empty(), properties, true);
        ObjectNode around = resource.map(Resource::evaluated).orElseGet(at::object);
        Map<String, Member> members = new LinkedHashMap<>(around.byFoldedName());
        properties.ifPresent(given -> members.putAll(given.byFoldedName()));
        members.put("properties", new Member("properties", call.place(), inner));
        return new ObjectNode(call.place(), members);
    }

    /** Near ones first: those of the same deployment, then of the deployments around it, then any. */
    private Optional<Resource> resource(ResourceId id, Deployment deployment, Call call) {
        return firstMeantBy(id, deployment.resources(), call)
                .or(() -> firstMeantBy(id, deployment.top().allResources().toList(), call));
    }

    /** Looking through many resources many times is work that a hostile file could ask for. */
    private Optional<Resource> firstMeantBy(ResourceId id, List<Resource> resources, Call call) {
        budget.spend(resources.size(), call.offset());
        return Resource.firstMeantBy(id, resources);
    }

    /** By the text of the call, by id, by type and name, or by name, whichever the user chose. */
    private Optional<Node> given(String call, String subject) {
        ResourceId id = ResourceId.of(subject);
        List<String> keys = new ArrayList<>(List.of(call, subject));
        if (!id.type().isEmpty()) {
            keys.add(id.type() + '/' + id.name());
            keys.add(id.name());
            keys.add(id.name().substring(id.name().lastIndexOf('/') + 1));
        }
        return references.flatMap(
                all -> keys.stream().flatMap(key -> all.get(key).stream()).findFirst());
    }

    /** The shortest key: users know their resources by name. */
    private static Need need(String subject) {
        return new Need(Need.Kind.REFERENCE, ResourceId.of(subject).name(), List.of(), Need.TEXT);
    }

    private static String hole(Call call) {
        return Holes.hole(call.text());
    }

    private static Optional<ObjectNode> merged(Optional<ObjectNode> computed, Optional<Node> given) {
        if (given.isEmpty() || !(given.get() instanceof ObjectNode object)) {
            return computed;
        }
        return Optional.of(computed.map(under -> merged(under, object)).orElse(object));
    }

    private static ObjectNode merged(ObjectNode under, ObjectNode over) {
        Map<String, Member> members = new LinkedHashMap<>(under.byFoldedName());
        over.byFoldedName().forEach((folded, member) -> {
            @Nullable Member below = members.get(folded);
            members.put(folded, below == null ? member : merged(below, member));
        });
        return new ObjectNode(over.place(), members);
    }

    private static Member merged(Member below, Member over) {
        if (!(over.value() instanceof ObjectNode upper)) {
            return over;
        }
        if (below.value() instanceof ObjectNode lower) {
            return new Member(over.name(), over.place(), merged(lower, upper));
        }
        if (below.value() instanceof OpenNode open && open.known().isPresent()) {
            ObjectNode both = merged(open.known().get(), upper);
            return new Member(
                    over.name(),
                    over.place(),
                    new OpenNode(open.place(), open.text(), open.needs(), open.fault(), Optional.of(both), true));
        }
        return over;
    }

    /** All that a computed object does not say is not absent but unknown: its inner objects become open ones. */
    static Node open(Node node, Need need, Call call) {
        if (node instanceof ObjectNode object) {
            Map<String, Member> members = new LinkedHashMap<>();
            object.byFoldedName()
                    .forEach((folded, member) -> members.put(
                            folded,
                            new Member(
                                    member.name(),
                                    member.place(),
                                    open(member.value(), need.then(member.name()), call))));
            return new OpenNode(
                    call.place(),
                    hole(call),
                    new LinkedHashSet<>(List.of(need)),
                    Optional.empty(),
                    Optional.of(new ObjectNode(object.place(), members)),
                    true);
        }
        if (node instanceof ArrayNode array) {
            List<Node> elements = new ArrayList<>();
            for (Node element : array.elements()) {
                elements.add(open(element, need.then(Integer.toString(elements.size())), call));
            }
            return new ArrayNode(array.place(), elements);
        }
        return node;
    }
}
