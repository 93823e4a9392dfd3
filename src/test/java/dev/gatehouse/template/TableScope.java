package dev.gatehouse.template;

import dev.gatehouse.document.Need;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Pointer;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.TreeReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A template for tests: parameters beginning with "open" are unknown, variables are expressions, two loops run. */
final class TableScope implements Scope {
    static final Place PLACE = new Place("t.json", 1, 1, Pointer.ROOT);

    final Evaluator evaluator;
    final Map<String, String> variables = new LinkedHashMap<>();
    final Map<String, UserFunction> functions = new LinkedHashMap<>();

    TableScope(Evaluator evaluator) {
        this.evaluator = evaluator;
        variables.put("name", "gw");
        variables.put("copy", "[concat(variables('name'), '-2')]");
        variables.put("self", "[variables('self')]");
        variables.put("half", "[concat('a/', parameters('open'), '/b')]");
        variables.put("wrong", "[add(1, 'x')]");
        functions.put("my.twice", new UserFunction(List.of("x"), text("[concat(parameters('X'), parameters('x'))]")));
        functions.put("my.loop", new UserFunction(List.of("x"), text("[my.loop(parameters('x'))]")));
        functions.put("my.nosy", new UserFunction(List.of(), text("[variables('name')]")));
    }

    /** The value of an expression, as JSON; an open one as its text. */
    static String value(String expression) {
        Evaluator evaluator = new Evaluator();
        Node value = evaluator.evaluate(expression, PLACE, new TableScope(evaluator));
        return show(value);
    }

    static String show(Node value) {
        return JsonSpelling.json(value, new Budget(), 0);
    }

    static Node json(String json) {
        return TreeReader.computed(PLACE, json, new Problems()).orElseThrow();
    }

    private static Node text(String text) {
        return Values.text(PLACE, text);
    }

    @Override
    public Node parameter(String name, Call call) {
        String folded = ObjectNode.fold(name);
        if (folded.startsWith("open")) {
            Need need = new Need(Need.Kind.PARAMETER, folded, List.of(), Need.TEXT);
            return OpenNode.needing(call.place(), "«" + call.text() + "»", Set.of(need));
        }
        return switch (folded) {
            case "list" -> json("[3, 1, 2]");
            case "object" -> json("{\"One\": 1, \"two\": {\"x\": null, \"y\": [true]}}");
            case "port" -> json("443");
            case "half" -> json("1.5");
            default -> throw new EvaluationException(call.offset(), "no parameter " + name, "Declare it.");
        };
    }

    @Override
    public Node variable(String name, Call call) {
        String value = Optional.ofNullable(variables.get(ObjectNode.fold(name)))
                .orElseThrow(() -> new EvaluationException(call.offset(), "no variable " + name, "Declare it."));
        return evaluator.evaluate(value, new Place("v.json", 7, 1, Pointer.ROOT), this);
    }

    @Override
    public Node environment(String function, Call call) {
        return json("{\"name\": \"" + function + "\", \"location\": \"westeurope\"}");
    }

    @Override
    public String subscriptionId() {
        return "SUB";
    }

    @Override
    public String resourceGroupName() {
        return "RG";
    }

    @Override
    public long copyIndex(Optional<String> loop, Call call) {
        return loop.isPresent() ? 7 : 3;
    }

    @Override
    public Node runtime(String function, List<Node> arguments, Call call) {
        Need need = new Need(Need.Kind.REFERENCE, function, List.of(), Need.TEXT);
        return OpenNode.needing(call.place(), "«" + call.text() + "»", Set.of(need));
    }

    @Override
    public Optional<UserFunction> function(String namespace, String name) {
        return Optional.ofNullable(functions.get(ObjectNode.fold(namespace + "." + name)));
    }
}
