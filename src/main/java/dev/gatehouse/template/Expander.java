package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What all templates of one load share: evaluator, surroundings, limits. Confined to one load. */
final class Expander {
    /** Each level costs stack; real templates stay below ten. */
    private static final int DEEPEST_LOOKUP = 60;

    private static final long MOST_PARTS = 500_000;

    private record Lookup(String what, int owner) {}

    private final TemplateInputs inputs;
    private final AzureScope azure;
    private final Evaluator evaluator = new Evaluator();
    private final TreeEvaluator trees = new TreeEvaluator(evaluator, false);
    private final TreeEvaluator bareTrees = new TreeEvaluator(evaluator, true);
    private final RuntimeValues runtime;
    private final Set<Lookup> underWay = new HashSet<>();
    private final List<ObjectNode> switchedOff = new ArrayList<>();
    private long parts;

    Expander(TemplateInputs inputs) {
        this.inputs = inputs;
        this.azure = new AzureScope(inputs.scope());
        this.runtime = new RuntimeValues(inputs.references(), azure, evaluator.budget(), this);
    }

    AzureScope azure() {
        return azure;
    }

    TreeEvaluator trees() {
        return trees;
    }

    TreeEvaluator bareTrees() {
        return bareTrees;
    }

    RuntimeValues runtime() {
        return runtime;
    }

    LinkedTemplates linked() {
        return inputs.linked();
    }

    Problems problems() {
        return inputs.problems();
    }

    /**
     * Evaluates something that may lead back to itself.
     *
     * @param what for the message, unique within its owner
     * @throws EvaluationException if it does, or if the way to it is too long
     */
    Node guarded(String what, Object owner, Call call, Supplier<Node> evaluation) {
        Lookup lookup = new Lookup(what, System.identityHashCode(owner));
        if (underWay.size() >= DEEPEST_LOOKUP) {
            throw new EvaluationException(
                    call.offset(),
                    "the " + what + " lies more than " + DEEPEST_LOOKUP + " steps deep.",
                    "Shorten the chain of variables and parameters.");
        }
        if (!underWay.add(lookup)) {
            throw new EvaluationException(call.offset(), "the " + what + " leads back to itself.", "Break the circle.");
        }
        try {
            return evaluation.get();
        } finally {
            underWay.remove(lookup);
        }
    }

    /** A fault, or a guess that stands for what only the user can say. */
    void noteUnsure(OpenNode open, Place place, String guess) {
        open.fault().ifPresent(inputs.problems()::report);
        String keys =
                open.needs().stream().map(need -> Wording.quote(need.key())).collect(Collectors.joining(", "));
        if (!keys.isEmpty()) {
            inputs.problems()
                    .warn(
                            "CFG-13",
                            Kind.BINDING,
                            place,
                            guess,
                            "Supply " + keys + ", in the local file or as a parameter.");
        }
    }

    void noteSwitchedOff(ObjectNode resource) {
        switchedOff.add(resource);
    }

    /** Resources whose condition is false, as written. */
    List<ObjectNode> switchedOff() {
        return switchedOff;
    }

    /** Counts a resource with all its parts; false when there are more than any real deployment has. */
    boolean admit(ObjectNode resource) {
        boolean wasWithin = parts <= MOST_PARTS;
        parts += resource.extent().nodes();
        boolean isWithin = parts <= MOST_PARTS;
        if (wasWithin && !isWithin) {
            inputs.problems()
                    .error(
                            "CFG-1",
                            Kind.LIMIT,
                            resource.place(),
                            "the copy loops up to here make resources of more than " + MOST_PARTS + " values.",
                            "Look for a loop whose count is too large.");
        }
        return isWithin;
    }
}
