package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.ANY;
import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.template.Comparison.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that combine arrays or objects. Stateless. */
final class MergeFunctions {
    private MergeFunctions() {}

    static List<Builtin> all() {
        return List.of(
                known("union", 1, ANY, MergeFunctions::union),
                known("intersection", 1, ANY, MergeFunctions::intersection),
                known("shallowMerge", 1, 1, MergeFunctions::shallowMerge));
    }

    private static Node union(Arguments arguments) {
        return isArrays(arguments) ? unionOfArrays(arguments) : unionOfObjects(arguments);
    }

    private static boolean isArrays(Arguments arguments) {
        if (arguments.node(0) instanceof ArrayNode) {
            return true;
        }
        if (arguments.node(0) instanceof ObjectNode) {
            return false;
        }
        throw arguments.wrong(0, "an array or an object");
    }

    /** An open element is kept: whether it equals another is not known, and its place in the array is worth more. */
    private static Node unionOfArrays(Arguments arguments) {
        List<Node> union = new ArrayList<>();
        for (int i = 0; i < arguments.count(); i++) {
            for (Node element : arguments.array(i)) {
                if (find(arguments, union, element) != Verdict.SAME) {
                    union.add(element);
                }
            }
        }
        return arguments.of(union);
    }

    private static Verdict find(Arguments arguments, List<Node> elements, Node wanted) {
        Verdict best = Verdict.DIFFERENT;
        for (Node element : elements) {
            Verdict verdict = Comparison.of(element, wanted, arguments.budget(), arguments.offset());
            if (verdict == Verdict.SAME) {
                return verdict;
            }
            best = verdict == Verdict.UNKNOWN ? verdict : best;
        }
        return best;
    }

    private static Node unionOfObjects(Arguments arguments) {
        ObjectNode union = arguments.object(0);
        for (int i = 1; i < arguments.count(); i++) {
            union = merge(arguments, union, arguments.object(i), true);
        }
        return Values.at(arguments.place(), union);
    }

    /** Objects in objects are merged in turn if asked for; anything else is replaced. */
    private static ObjectNode merge(Arguments arguments, ObjectNode under, ObjectNode over, boolean isDeep) {
        arguments.budget().spend(under.members().size() + over.members().size(), arguments.offset());
        Map<String, Member> members = new LinkedHashMap<>(under.byFoldedName());
        over.byFoldedName().forEach((name, member) -> {
            @Nullable Member before = members.get(name);
            if (isDeep
                    && before != null
                    && before.value() instanceof ObjectNode lower
                    && member.value() instanceof ObjectNode upper) {
                ObjectNode inner = merge(arguments, lower, upper, true);
                members.put(name, new Member(before.name(), before.place(), inner));
            } else {
                members.put(name, member);
            }
        });
        return new ObjectNode(under.place(), members);
    }

    private static Node shallowMerge(Arguments arguments) {
        ObjectNode merged = new ObjectNode(arguments.place(), Map.of());
        boolean isOpen = false;
        for (Node element : arguments.array(0)) {
            if (element instanceof ObjectNode object) {
                merged = merge(arguments, merged, object, false);
            } else if (element instanceof OpenNode) {
                isOpen = true;
            } else {
                throw arguments.fault(
                        0,
                        "shallowMerge() needs an array of objects, but one element is " + element.describe() + ".",
                        "Give only objects.");
            }
        }
        return isOpen ? arguments.open() : merged;
    }

    private static Node intersection(Arguments arguments) {
        return isArrays(arguments) ? intersectionOfArrays(arguments) : intersectionOfObjects(arguments);
    }

    private static Node intersectionOfArrays(Arguments arguments) {
        List<Node> common = new ArrayList<>();
        for (Node element : arguments.array(0)) {
            Verdict verdict = find(arguments, common, element) == Verdict.SAME ? Verdict.DIFFERENT : Verdict.SAME;
            for (int i = 1; i < arguments.count() && verdict == Verdict.SAME; i++) {
                verdict = find(arguments, arguments.array(i), element);
            }
            if (verdict == Verdict.UNKNOWN) {
                return arguments.open();
            }
            if (verdict == Verdict.SAME) {
                common.add(element);
            }
        }
        return arguments.of(common);
    }

    private static Node intersectionOfObjects(Arguments arguments) {
        Map<String, Member> common = new LinkedHashMap<>(arguments.object(0).byFoldedName());
        for (int i = 1; i < arguments.count(); i++) {
            ObjectNode other = arguments.object(i);
            for (Member member : List.copyOf(common.values())) {
                String name = ObjectNode.fold(member.name());
                @Nullable Member twin = other.byFoldedName().get(name);
                Verdict verdict = twin == null
                        ? Verdict.DIFFERENT
                        : Comparison.of(member.value(), twin.value(), arguments.budget(), arguments.offset());
                if (verdict == Verdict.UNKNOWN) {
                    return arguments.open();
                }
                if (verdict == Verdict.DIFFERENT) {
                    common.remove(name);
                }
            }
        }
        return new ObjectNode(arguments.place(), common);
    }
}
