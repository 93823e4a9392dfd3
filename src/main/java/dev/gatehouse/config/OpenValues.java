package dev.gatehouse.config;

import dev.gatehouse.document.Need;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;

/** Says what is missing where a value is not known: what is wrong, or which key of the local file supplies it. Stateless. */
final class OpenValues {
    private OpenValues() {}

    /** Reports the fault, and each need the first time that something asks for it. */
    static void report(OpenNode open, Problems problems) {
        open.fault().ifPresent(problems::report);
        for (Need need : open.needs()) {
            if (problems.isNew(need)) {
                problems.error("CFG-13", Kind.BINDING, open.place(), cause(open, need), cure(need));
            }
        }
        if (open.fault().isEmpty() && open.needs().isEmpty()) {
            problems.error(
                    "CFG-13",
                    Kind.BINDING,
                    open.place(),
                    "the value of " + Wording.quote(open.text()) + " is not known.",
                    "Write the value in its place.");
        }
        problems.markOpen();
    }

    /** As the cure of a problem: the exact key, with an example of what to put there. */
    static String cure(Need need) {
        String example = example(need);
        return need.kind() == Need.Kind.PARAMETER
                ? "Give it in the local file: \"parameters\": { " + example + " }, or with --param " + need.key()
                        + "=..."
                : "Give it in the local file: \"references\": { " + example + " }.";
    }

    private static String cause(OpenNode open, Need need) {
        String subject = need.kind() == Need.Kind.PARAMETER
                ? "the parameter " + Wording.quote(need.key()) + " has neither a value nor a default"
                : "only Azure knows " + Wording.quote(need.key());
        return subject + ", so " + Wording.quote(open.text()) + " is not known.";
    }

    private static String example(Need need) {
        StringBuilder open = new StringBuilder(Wording.quote(need.key())).append(": ");
        StringBuilder close = new StringBuilder();
        if (need.kind() == Need.Kind.PARAMETER) {
            open.append("{ \"value\": ");
            close.append(" }");
        }
        for (String step : need.path()) {
            boolean isIndex = step.chars().allMatch(Character::isDigit);
            open.append(isIndex ? "[" : "{ " + Wording.quote(step) + ": ");
            close.insert(0, isIndex ? "]" : " }");
        }
        return open.append(need.sample()).append(close).toString();
    }
}
