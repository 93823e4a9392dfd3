package dev.gatehouse.template;

import dev.gatehouse.document.Need;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problem.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The scope of a resource that was cut out of its template: parameters may be given from outside, variables and loops
 * stayed behind (CFG-13). Confined to one load.
 */
final class BareScope implements Scope {
    private final ParameterValues given;
    private final Scope surroundings;

    /** {@code surroundings} is the scope of an empty template. */
    BareScope(ParameterValues given, Scope surroundings) {
        this.given = given;
        this.surroundings = surroundings;
    }

    @Override
    public Node parameter(String name, Call call) {
        return given.value(name)
                .orElseGet(() -> OpenNode.needing(
                        call.place(), hole(call), Set.of(new Need(Need.Kind.PARAMETER, name, List.of(), Need.TEXT))));
    }

    @Override
    public Node variable(String name, Call call) {
        Problem fault = new Problem(
                "CFG-13",
                Severity.ERROR,
                Kind.EXPRESSION,
                call.place().file(),
                call.place().line(),
                call.place().column(),
                call.place().path(),
                call.text() + " has no value: the template that declares it is not part of this file.",
                "Give the whole template, or write the value in its place.");
        return OpenNode.faulty(call.place(), hole(call), fault);
    }

    @Override
    public Node environment(String function, Call call) {
        return surroundings.environment(function, call);
    }

    @Override
    public String subscriptionId() {
        return surroundings.subscriptionId();
    }

    @Override
    public String resourceGroupName() {
        return surroundings.resourceGroupName();
    }

    @Override
    public long copyIndex(Optional<String> loop, Call call) {
        throw new EvaluationException(
                call.offset(), "the copy loop is not part of this file.", "Give the whole template.");
    }

    @Override
    public Node runtime(String function, List<Node> arguments, Call call) {
        return surroundings.runtime(function, arguments, call);
    }

    @Override
    public Optional<UserFunction> function(String namespace, String name) {
        return Optional.empty();
    }

    private static String hole(Call call) {
        return Holes.hole(call.text());
    }
}
