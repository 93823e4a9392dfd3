package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Wording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Inside a function that the template defines: its own parameters, no variables; the rest is the template's.
 *
 * @param outer of the caller
 * @param name of the function, for messages
 * @param values of the parameters, by lower-case name
 */
record FunctionScope(Scope outer, String name, Map<String, Node> values) implements Scope {

    static Scope of(Scope outer, String name, List<String> parameters, List<Node> arguments) {
        Map<String, Node> values = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            values.put(ObjectNode.fold(parameters.get(i)), arguments.get(i));
        }
        return new FunctionScope(outer instanceof FunctionScope caller ? caller.outer() : outer, name, values);
    }

    @Override
    public Node parameter(String parameter, Call call) {
        return Optional.ofNullable(values.get(ObjectNode.fold(parameter)))
                .orElseThrow(() -> new EvaluationException(
                        call.offset(),
                        "the function \"" + name + "\" has no parameter " + Wording.quote(parameter)
                                + Wording.known(values.keySet()) + ".",
                        "A function sees only its own parameters; hand the value in as one."));
    }

    @Override
    public Node variable(String variable, Call call) {
        throw new EvaluationException(
                call.offset(),
                "the function \"" + name + "\" asks for a variable, which functions cannot see.",
                "Hand the value in as a parameter of the function.");
    }

    @Override
    public Node environment(String function, Call call) {
        return outer.environment(function, call);
    }

    @Override
    public String subscriptionId() {
        return outer.subscriptionId();
    }

    @Override
    public String resourceGroupName() {
        return outer.resourceGroupName();
    }

    @Override
    public long copyIndex(Optional<String> loop, Call call) {
        return outer.copyIndex(loop, call);
    }

    @Override
    public Node runtime(String function, List<Node> arguments, Call call) {
        return outer.runtime(function, arguments, call);
    }

    @Override
    public Optional<UserFunction> function(String namespace, String function) {
        return outer.function(namespace, function);
    }
}
