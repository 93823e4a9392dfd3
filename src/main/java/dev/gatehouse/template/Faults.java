package dev.gatehouse.template;

import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problem.Severity;

/** Wrong expressions as open values: each becomes a problem only if somebody needs its value. Stateless. */
final class Faults {

    OpenNode open(EvaluationException fault, Place place, String source) {
        Place exact = fault.place().orElseGet(() -> place.inside(fault.offset()));
        Problem problem = new Problem(
                "CFG-1",
                Severity.ERROR,
                Kind.EXPRESSION,
                exact.file(),
                exact.line(),
                exact.column(),
                exact.path(),
                "the expression has no value: " + fault.cause(),
                fault.cure());
        return OpenNode.faulty(place, Holes.hole(source), problem);
    }
}
