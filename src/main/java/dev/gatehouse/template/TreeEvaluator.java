package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Pointer;
import dev.gatehouse.document.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A tree with expressions to a tree without: strings, names of members and copy loops. What is wrong or not known
 * becomes an {@link OpenNode}; nothing is thrown. Parts without expressions stay the same nodes. Confined to one load.
 */
final class TreeEvaluator {
    private static final long MOST_TURNS = 10_000;

    private final Evaluator evaluator;
    private final boolean isBare;
    private final Faults faults = new Faults();

    /** With {@code isBare} for a tree outside any template: there is no escape, no loop, and what fails stays text. */
    TreeEvaluator(Evaluator evaluator, boolean isBare) {
        this.evaluator = evaluator;
        this.isBare = isBare;
    }

    Node evaluate(Node node, Scope scope) {
        if (node instanceof ScalarNode scalar) {
            return scalar.isText() ? text(scalar, scope) : scalar;
        }
        if (node instanceof ArrayNode array) {
            return level(node, () -> array(array, scope));
        }
        return node instanceof ObjectNode object ? level(node, () -> object(object, scope)) : node;
    }

    /** Counts for the bound on depth and size, which the evaluator holds over both kinds of walk. */
    private Node level(Node node, Supplier<Node> walk) {
        try {
            return evaluator.nested(node.place(), walk);
        } catch (EvaluationException e) {
            return faults.open(e, node.place(), "value");
        }
    }

    /** The elements of a loop. */
    Node run(CopyLoop loop, Scope scope) {
        Place place = loop.input().place();
        Node count = evaluate(loop.count(), scope);
        if (count instanceof OpenNode open) {
            return new OpenNode(
                    place, Holes.hole("copy " + loop.name()), open.needs(), open.fault(), Optional.empty(), false);
        }
        try {
            long turns = turns(count);
            List<Node> elements = new ArrayList<>();
            Pointer pointer = place.pointer();
            for (long i = 0; i < turns; i++) {
                evaluator.budget().spend(loop.input().extent().nodes(), 0);
                elements.add(evaluate(loop.input(), new LoopScope(scope, loop.name(), i, false)));
            }
            return new ArrayNode(place.at(pointer), elements);
        } catch (EvaluationException e) {
            return faults.open(e, loop.count().place(), "copy " + loop.name());
        }
    }

    /** How often a loop runs. */
    static long turns(Node count) {
        String text = count instanceof ScalarNode scalar ? scalar.text().strip() : "";
        if (text.matches("[0-9]{1,9}") && Long.parseLong(text) <= MOST_TURNS) {
            return Long.parseLong(text);
        }
        throw new EvaluationException(
                0,
                "here stands " + count.describe() + " as the count of a copy loop.",
                "Give a whole number from 0 to " + MOST_TURNS + ".");
    }

    private Node text(ScalarNode scalar, Scope scope) {
        return isBare ? bareText(scalar, scope) : templateText(scalar, scope);
    }

    private Node bareText(ScalarNode scalar, Scope scope) {
        if (Holes.hasHole(scalar.text())) {
            return OpenNode.needing(scalar.place(), scalar.text(), Set.of()); // as an export prints an open value
        }
        if (!BareExpressions.isExpression(scalar.text())) {
            return scalar;
        }
        try {
            return evaluator.evaluate(scalar.text().strip(), scalar.place(), scope);
        } catch (EvaluationException e) {
            return scalar; // Debris of an expression, as in the seed's ids: the readers take what they can (CFG-13).
        }
    }

    private Node templateText(ScalarNode scalar, Scope scope) {
        if (!scalar.text().startsWith("[")) {
            return scalar;
        }
        try {
            return evaluator.evaluate(scalar.text(), scalar.place(), scope);
        } catch (EvaluationException e) {
            return faults.open(e, scalar.place(), scalar.text());
        }
    }

    private Node array(ArrayNode array, Scope scope) {
        List<Node> elements = new ArrayList<>(array.elements().size());
        boolean isSame = true;
        for (Node element : array.elements()) {
            Node value = evaluate(element, scope);
            isSame &= value == element;
            elements.add(value);
        }
        return isSame ? array : new ArrayNode(array.place(), elements);
    }

    @SuppressWarnings("ReferenceEquality") // the same member, not an equal one
    private Node object(ObjectNode object, Scope scope) {
        List<CopyLoop> loops = isBare ? List.of() : CopyLoop.of(object);
        Map<String, Member> members = new LinkedHashMap<>();
        boolean isSame = true;
        for (Member member : object.members()) {
            if (loops.isEmpty() || !member.name().equalsIgnoreCase("copy")) {
                Member value = member(member, scope);
                isSame &= value == member;
                members.put(ObjectNode.fold(value.name()), value);
            }
        }
        for (CopyLoop loop : loops) {
            Place place = loop.input().place();
            members.put(ObjectNode.fold(loop.name()), new Member(loop.name(), place, run(loop, scope)));
        }
        return isSame && loops.isEmpty() ? object : new ObjectNode(object.place(), members);
    }

    private Member member(Member member, Scope scope) {
        Node value = evaluate(member.value(), scope);
        if (isBare || !Expressions.isExpression(member.name())) {
            return value == member.value() ? member : new Member(member.name(), member.place(), value);
        }
        Node name = text(new ScalarNode(member.place(), ScalarNode.Type.TEXT, member.name()), scope);
        return new Member(plain(name), member.place(), value);
    }

    /** A value as text; an open one with its holes. */
    static String plain(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.text();
        }
        return node instanceof OpenNode open ? open.text() : node.describe();
    }
}
