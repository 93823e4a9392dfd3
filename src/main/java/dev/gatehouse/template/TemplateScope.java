package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What the expressions of one template see: its own parameters, variables and functions. Confined to one load. */
final class TemplateScope implements Scope {
    private final Deployment deployment;
    private final Expander expander;
    private final Parameters parameters;
    private final Variables variables;
    private final UserFunctions functions;

    TemplateScope(Deployment deployment, ObjectNode template, ParameterValues given, Expander expander) {
        this.deployment = deployment;
        this.expander = expander;
        this.parameters = new Parameters(template.object("parameters"), given, this, expander);
        this.variables = new Variables(template.object("variables"), this, expander);
        this.functions = new UserFunctions(template.get("functions"));
    }

    @Override
    public Node parameter(String name, Call call) {
        return parameters.value(name, call);
    }

    @Override
    public Node variable(String name, Call call) {
        return variables.value(name, call);
    }

    @Override
    public Node environment(String function, Call call) {
        return expander.azure().answer(function, call.place());
    }

    @Override
    public String subscriptionId() {
        return expander.azure().subscriptionId();
    }

    @Override
    public String resourceGroupName() {
        return expander.azure().resourceGroup();
    }

    @Override
    public long copyIndex(Optional<String> loop, Call call) {
        throw new EvaluationException(
                call.offset(),
                "copyIndex() stands outside every copy loop"
                        + loop.map(name -> " named " + name).orElse("") + ".",
                "Move it into the loop's input, or remove it.");
    }

    @Override
    public Node runtime(String function, List<Node> arguments, Call call) {
        return expander.runtime().answer(function, arguments, call, deployment);
    }

    @Override
    public Optional<UserFunction> function(String namespace, String name) {
        return functions.find(namespace, name);
    }
}
