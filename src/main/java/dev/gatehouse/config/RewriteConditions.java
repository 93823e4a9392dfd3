package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.RewriteCondition;
import dev.gatehouse.model.RewriteVariable;
import dev.gatehouse.model.ValueMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of one rewrite rule, and which of them capture what (REQ-29). Confined to one rule. */
final class RewriteConditions {
    private static final int MOST_CONDITIONS = 40;

    /**
     * A condition as its captures are named.
     *
     * @param variable as written: captures must be spelled the same (REQ-31)
     * @param groups of its pattern
     */
    record Tested(String variable, int groups, RewriteCondition condition) {}

    private final List<Tested> tested = new ArrayList<>();
    private final Problems problems;

    RewriteConditions(ConfigObject rule, Problems problems) {
        this.problems = problems;
        List<ConfigObject> objects = rule.objects("conditions");
        if (objects.size() > MOST_CONDITIONS) {
            problems.azure(
                    "VAL-39",
                    Kind.LIMIT,
                    rule.placeOf("conditions"),
                    "the rewrite rule has " + objects.size() + " conditions, Azure takes " + MOST_CONDITIONS + ".",
                    "Split the rule if this goes back to Azure.");
        }
        objects.forEach(this::add);
    }

    List<RewriteCondition> conditions() {
        return tested.stream().map(Tested::condition).toList();
    }

    /** In the order of {@link #conditions()}. */
    List<Tested> tested() {
        return List.copyOf(tested);
    }

    private void add(ConfigObject object) {
        object.require("variable");
        Optional<String> text = object.text("variable").map(String::strip);
        Optional<RewriteVariable> variable =
                text.flatMap(name -> RewriteVariables.tested(problems).read(name, object.placeOf("variable")));
        Patterns patterns = new Patterns(problems);
        Optional<ValueMatcher> matcher = patterns.matcher(object);
        if (variable.isPresent() && matcher.isPresent()) {
            ValueMatcher test = matcher.get();
            int groups =
                    patterns.groups(test.pattern(), object.placeOf("pattern")).orElse(0);
            tested.add(new Tested(
                    text.orElse(""),
                    groups,
                    new RewriteCondition(variable.get(), test.pattern(), test.ignoreCase(), test.negate())));
        }
    }
}
