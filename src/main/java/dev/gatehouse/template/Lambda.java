package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code lambda('x', ..., expression)}: an expression over values that another function supplies. Immutable.
 *
 * @param outer where it was written; it sees the lambda variables around it
 * @param variables names in order, lower case
 * @param body the expression
 */
record Lambda(Evaluation outer, List<String> variables, Syntax body) {
    static final String NAME = "lambda";

    /** Reads an argument that must be a lambda with that many variables. */
    static Lambda of(Arguments arguments, Evaluation outer, Syntax syntax, int least, int most) {
        if (!(syntax instanceof Syntax.Invocation call)
                || call.namespace().isPresent()
                || !call.name().equalsIgnoreCase(NAME)) {
            throw new EvaluationException(
                    syntax.start(),
                    "a lambda is needed here.",
                    "Write lambda('item', ...) with lambdaVariables('item') in it.");
        }
        int count = call.arguments().size() - 1;
        if (count < least || count > most) {
            String needed = least == most ? String.valueOf(least) : least + " or " + most;
            throw new EvaluationException(
                    call.start(),
                    "this lambda has " + Math.max(0, count) + " variables, but needs " + needed + ".",
                    "Name the variables as strings first; the expression comes last.");
        }
        arguments.budget().spend(count, call.start());
        return new Lambda(outer, names(call), call.arguments().get(count));
    }

    private static List<String> names(Syntax.Invocation call) {
        List<String> names = new ArrayList<>();
        for (Syntax argument : call.arguments().subList(0, call.arguments().size() - 1)) {
            if (!(argument instanceof Syntax.Text name)) {
                throw new EvaluationException(
                        argument.start(),
                        "the name of a lambda's variable must be a string.",
                        "Write it in single quotes.");
            }
            names.add(ObjectNode.fold(name.value()));
        }
        return List.copyOf(names);
    }

    /** The body's value; values beyond the variables are ignored. */
    Node apply(Node... values) {
        Map<String, Node> known = new HashMap<>(outer.lambdaVariables());
        for (int i = 0; i < variables.size(); i++) {
            known.put(variables.get(i), values[i]);
        }
        return outer.with(known).value(body);
    }

    int offset() {
        return body.start();
    }
}
