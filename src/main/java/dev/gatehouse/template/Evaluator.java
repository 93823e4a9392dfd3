package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the expressions of one load. What they cost is counted over all of them, in depth also over expressions
 * that a scope evaluates to answer another one. Confined to one load.
 */
final class Evaluator {
    private static final int MOST_REMEMBERED = 10_000;

    private final Budget budget;
    private final Map<String, Syntax> parsed = new HashMap<>();

    Evaluator() {
        this(new Budget());
    }

    Evaluator(Budget budget) {
        this.budget = budget;
    }

    Budget budget() {
        return budget;
    }

    /**
     * The value of a string of a template.
     *
     * @param text the string; if it is no expression, its value is the text, a doubled bracket in front made one
     * @param place of the string
     * @return the value, standing at the place
     * @throws EvaluationException if it is wrong; its place is that of the faulty character, here or in a string that
     *     was evaluated on the way
     */
    Node evaluate(String text, Place place, Scope scope) {
        if (!Expressions.isExpression(text)) {
            return Values.text(place, Expressions.literal(text));
        }
        return nested(place, () -> {
            Node value = new Evaluation(this, text, place, scope, Map.of()).value(syntax(text));
            return Values.at(place, value);
        });
    }

    /** The value of a tree: every string in it evaluated, names left alone. */
    Node evaluate(Node node, Scope scope) {
        if (node instanceof ScalarNode scalar && scalar.isText()) {
            return evaluate(scalar.text(), scalar.place(), scope);
        }
        if (node instanceof ArrayNode array) {
            return nested(array.place(), () -> elements(array, scope));
        }
        return node instanceof ObjectNode object ? nested(object.place(), () -> members(object, scope)) : node;
    }

    /**
     * One level of a walk that may lead to further evaluations. Whoever walks trees between them does so in here, or the
     * bound on depth would count only a part.
     *
     * @param place of the level, for faults that have none yet
     */
    Node nested(Place place, Supplier<Node> level) {
        try {
            budget.enter(0);
            try {
                return budget.checked(level.get(), 0);
            } finally {
                budget.leave();
            }
        } catch (EvaluationException e) {
            throw e.in(place);
        }
    }

    private Node elements(ArrayNode array, Scope scope) {
        List<Node> elements = new ArrayList<>();
        for (Node element : array.elements()) {
            elements.add(evaluate(element, scope));
        }
        return new ArrayNode(array.place(), elements);
    }

    private Node members(ObjectNode object, Scope scope) {
        Map<String, Member> members = new LinkedHashMap<>();
        object.byFoldedName().forEach((folded, member) -> {
            Node value = evaluate(member.value(), scope);
            members.put(folded, new Member(member.name(), member.place(), value));
        });
        return new ObjectNode(object.place(), members);
    }

    private Syntax syntax(String text) {
        @Nullable Syntax known = parsed.get(text);
        if (known == null) {
            budget.spend(text.length(), 0);
            known = Parser.parse(text);
            if (parsed.size() < MOST_REMEMBERED) {
                parsed.put(text, known);
            }
        }
        return known;
    }

    /** A call of a function that the template defines. */
    Node callDefined(Evaluation caller, Syntax.Invocation call, String namespace) {
        String name = namespace + "." + call.name();
        UserFunction function = caller.scope()
                .function(namespace, call.name())
                .orElseThrow(() -> new EvaluationException(
                        call.start(),
                        "the template defines no function \"" + name + "\".",
                        "Correct namespace and name, or add it to the section functions."));
        List<Node> values = new Arguments(caller, call, name).nodes();
        if (values.size() != function.parameters().size()) {
            throw new EvaluationException(
                    call.start(),
                    "the function \"" + name + "\" has " + values.size() + " arguments here, but "
                            + function.parameters().size() + " parameters.",
                    "Give one argument for each parameter.");
        }
        Scope inner = FunctionScope.of(caller.scope(), name, function.parameters(), values);
        return evaluate(function.output(), inner);
    }
}
