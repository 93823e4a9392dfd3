package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import java.util.List;
import java.util.Optional;

/**
 * A scope inside one turn of a copy loop. Immutable.
 *
 * @param outer what lies around the loop
 * @param loop the loop's name
 * @param index the turn, from 0
 * @param isOfResource whether it makes resources: an unnamed {@code copyIndex()} means the resource's loop where there is one
 */
record LoopScope(Scope outer, String loop, long index, boolean isOfResource) implements Scope {
    @Override
    public Node parameter(String name, Call call) {
        return outer.parameter(name, call);
    }

    @Override
    public Node variable(String name, Call call) {
        return outer.variable(name, call);
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
    public long copyIndex(Optional<String> name, Call call) {
        boolean isMeant = name.map(loop::equalsIgnoreCase).orElse(isOfResource || !isInsideResourceLoop());
        return isMeant ? index : outer.copyIndex(name, call);
    }

    private boolean isInsideResourceLoop() {
        return outer instanceof LoopScope around && (around.isOfResource || around.isInsideResourceLoop());
    }

    @Override
    public Node runtime(String function, List<Node> arguments, Call call) {
        return outer.runtime(function, arguments, call);
    }

    @Override
    public Optional<UserFunction> function(String namespace, String name) {
        return outer.function(namespace, name);
    }
}
