package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.ANY;
import static dev.gatehouse.template.Builtin.free;
import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions that apply a lambda to the elements of an array or the members of an object. Stateless. */
final class LambdaFunctions {
    private LambdaFunctions() {}

    static List<Builtin> all() {
        return List.of(
                free("filter", 2, 2, unlessOpen(LambdaFunctions::filter)),
                free("map", 2, 2, unlessOpen(LambdaFunctions::map)),
                free("mapValues", 2, 2, unlessOpen(LambdaFunctions::mapValues)),
                free("reduce", 3, 3, unlessOpen(LambdaFunctions::reduce)),
                free("sort", 2, 2, unlessOpen(LambdaSort::sort)),
                free("toObject", 2, 3, unlessOpen(LambdaFunctions::toObject)),
                free("groupBy", 2, 2, unlessOpen(LambdaFunctions::groupBy)),
                free(Lambda.NAME, 1, ANY, LambdaFunctions::misplaced),
                known("lambdaVariables", 1, 1, LambdaFunctions::variable));
    }

    private static Builtin.Body unlessOpen(Builtin.Body body) {
        return arguments -> arguments.isOpen(0) ? arguments.open() : body.of(arguments);
    }

    private static Node misplaced(Arguments arguments) {
        throw new EvaluationException(
                arguments.offset(),
                "a lambda has no value of its own.",
                "Use it as an argument of filter, map, mapValues, reduce, sort, toObject or groupBy.");
    }

    private static Node variable(Arguments arguments) {
        String name = arguments.text(0);
        return arguments
                .lambdaVariable(name)
                .orElseThrow(() -> arguments.fault(
                        0,
                        "no lambda around this has a variable " + Wording.quote(name)
                                + Wording.known(arguments.lambdaVariables()) + ".",
                        "Correct the name."));
    }

    private static Node filter(Arguments arguments) {
        Lambda isWanted = arguments.lambda(1, 1, 2);
        List<Node> wanted = new ArrayList<>();
        long index = 0;
        for (Node element : arguments.array(0)) {
            Node verdict = isWanted.apply(element, arguments.of(index++));
            if (verdict instanceof OpenNode) {
                return arguments.open(List.of(verdict));
            }
            if (flag(verdict, isWanted)) {
                wanted.add(element);
            }
        }
        return arguments.of(wanted);
    }

    static boolean flag(Node verdict, Lambda lambda) {
        if (Values.isFlag(verdict)) {
            return ((ScalarNode) verdict).text().equals("true");
        }
        throw new EvaluationException(
                lambda.offset(),
                "the lambda must answer true or false, not " + verdict.describe() + ".",
                "Compare something.");
    }

    private static Node map(Arguments arguments) {
        Lambda change = arguments.lambda(1, 1, 2);
        List<Node> mapped = new ArrayList<>();
        for (Node element : arguments.array(0)) {
            mapped.add(change.apply(element, arguments.of((long) mapped.size())));
        }
        return arguments.of(mapped);
    }

    private static Node mapValues(Arguments arguments) {
        Lambda change = arguments.lambda(1, 1, 1);
        Map<String, Node> mapped = new LinkedHashMap<>();
        for (ObjectNode.Member member : arguments.object(0).members()) {
            mapped.put(member.name(), change.apply(member.value()));
        }
        return Values.object(arguments.place(), mapped);
    }

    private static Node reduce(Arguments arguments) {
        Lambda step = arguments.lambda(2, 2, 3);
        Node result = arguments.node(1);
        long index = 0;
        for (Node element : arguments.array(0)) {
            result = step.apply(result, element, arguments.of(index++));
        }
        return result;
    }

    private static Node toObject(Arguments arguments) {
        Lambda key = arguments.lambda(1, 1, 1);
        Map<String, Node> members = new LinkedHashMap<>();
        for (Node element : arguments.array(0)) {
            Node name = key.apply(element);
            if (name instanceof OpenNode) {
                return arguments.open(List.of(name));
            }
            Node value = arguments.count() > 2 ? arguments.lambda(2, 1, 1).apply(element) : element;
            members.put(text(name, key), value);
        }
        arguments.budget().spendArray(members.size(), arguments.offset());
        return Values.object(arguments.place(), members);
    }

    private static Node groupBy(Arguments arguments) {
        Lambda key = arguments.lambda(1, 1, 1);
        Map<String, List<Node>> groups = new LinkedHashMap<>();
        for (Node element : arguments.array(0)) {
            Node name = key.apply(element);
            if (name instanceof OpenNode) {
                return arguments.open(List.of(name));
            }
            groups.computeIfAbsent(text(name, key), absent -> new ArrayList<>()).add(element);
        }
        Map<String, Node> members = new LinkedHashMap<>();
        groups.forEach((name, elements) -> members.put(name, arguments.of(elements)));
        return Values.object(arguments.place(), members);
    }

    private static String text(Node name, Lambda lambda) {
        if (Values.isText(name)) {
            return ((ScalarNode) name).text();
        }
        throw new EvaluationException(
                lambda.offset(),
                "the lambda must answer a string, the name of a property, not " + name.describe() + ".",
                "Use string() for values of other types.");
    }
}
