package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.Place;
import dev.gatehouse.template.Syntax.Access;
import dev.gatehouse.template.Syntax.Invocation;
import dev.gatehouse.template.Syntax.Text;
import dev.gatehouse.template.Syntax.Whole;
import java.util.Map;
import java.util.Optional;

/**
 * One expression at work: from its tree to its value. Immutable.
 *
 * @param evaluator of the load
 * @param text the expression's text, which the tree's offsets index
 * @param place the property it is evaluated for
 * @param scope what it may ask for
 * @param lambdaVariables values by lower-case name
 */
record Evaluation(Evaluator evaluator, String text, Place place, Scope scope, Map<String, Node> lambdaVariables) {

    Evaluation with(Map<String, Node> variables) {
        return new Evaluation(evaluator, text, place, scope, variables);
    }

    Node value(Syntax syntax) {
        Budget budget = evaluator.budget();
        budget.spend(1, syntax.start());
        budget.enter(syntax.start());
        try {
            return budget.checked(valueOf(syntax), syntax.start());
        } finally {
            budget.leave();
        }
    }

    private Node valueOf(Syntax syntax) {
        if (syntax instanceof Text string) {
            return Values.text(place, string.value());
        }
        if (syntax instanceof Whole whole) {
            return Values.number(place, whole.value());
        }
        if (syntax instanceof Access access) {
            return link(access).orElseGet(() -> Values.nothing(place));
        }
        return call((Invocation) syntax);
    }

    /** Absent behind a safe access that found nothing: the rest of such a chain is not looked at. */
    private Optional<Node> link(Access access) {
        Optional<Node> target =
                access.target() instanceof Access inner ? link(inner) : Optional.of(value(access.target()));
        if (target.isEmpty()) {
            return Optional.empty();
        }
        Node key = value(access.key());
        Members members = new Members(this, access.key().start());
        return access.isSafe() ? members.find(target.get(), key) : Optional.of(members.get(target.get(), key));
    }

    private Node call(Invocation call) {
        if (call.namespace().isPresent()) {
            return evaluator.callDefined(this, call, call.namespace().get());
        }
        Builtin builtin = Builtins.find(call.name())
                .orElseThrow(() -> new EvaluationException(
                        call.start(),
                        "there is no function \"" + call.name() + "\"." + Builtins.suggestion(call.name()),
                        "Correct the name; functions of the template itself need their namespace in front."));
        int count = call.arguments().size();
        if (count < builtin.least() || count > builtin.most()) {
            int offset = count > builtin.most()
                    ? call.arguments().get(builtin.most()).start()
                    : call.start();
            throw new EvaluationException(
                    offset,
                    "the function \"" + builtin.name() + "\" takes " + builtin.expectation() + ", but here it has "
                            + count + ".",
                    "Check commas and parentheses.");
        }
        return builtin.call(new Arguments(this, call, builtin.nameFor(call.name())));
    }
}
