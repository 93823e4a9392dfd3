package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import java.util.List;
import java.util.Optional;

/** What the expressions of one template may ask for. Answers are evaluated values, open ones included. Confined to one load. */
interface Scope {
    /**
     * The value of a parameter; open if nobody gave one.
     *
     * @throws EvaluationException if the template declares no such parameter
     */
    Node parameter(String name, Call call);

    /**
     * The value of a variable, evaluated when first asked for.
     *
     * @throws EvaluationException if there is none, or if it leads back to itself
     */
    Node variable(String name, Call call);

    /** Result of {@code resourceGroup()}, {@code subscription()}, {@code deployment()}, {@code environment()},
     * {@code tenant()}, {@code managementGroup()}, {@code deployer()}: an object. */
    Node environment(String function, Call call);

    /** Subscription and group that {@code resourceId} puts in if it is given none. */
    String subscriptionId();

    /** See {@link #subscriptionId}. */
    String resourceGroupName();

    /** The current index of a loop, offset not yet added; an unnamed loop is the innermost. */
    long copyIndex(Optional<String> loop, Call call);

    /**
     * Result of a function that only Azure can answer: {@code reference}, {@code list*}, {@code utcNow}, {@code newGuid},
     * {@code getSecret}, {@code pickZones} ...; looked up in the user's references, then computed where possible, else open.
     */
    Node runtime(String function, List<Node> arguments, Call call);

    /** A function of the template's own {@code functions} section. */
    Optional<UserFunction> function(String namespace, String name);
}
