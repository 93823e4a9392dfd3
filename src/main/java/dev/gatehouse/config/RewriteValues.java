package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.RewriteValue;
import dev.gatehouse.model.RewriteValue.Part;
import dev.gatehouse.model.RewriteVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the values of one rewrite rule apart (REQ-31): text, variables, captures of the rule's own conditions. Confined
 * to one rule.
 */
final class RewriteValues {
    private static final int MOST_GROUP_DIGITS = 3;
    private static final String MATCHER = "capt_header_value_matcher";

    private final List<RewriteConditions.Tested> tested;
    private final RewriteVariables variables;
    private final Problems problems;

    RewriteValues(RewriteConditions conditions, Problems problems) {
        this.tested = conditions.tested();
        this.variables = RewriteVariables.inserted(problems);
        this.problems = problems;
    }

    RewriteValue read(String text, Place place) {
        return read(text, place, Optional.empty());
    }

    /**
     * Reads a value.
     *
     * @param matcherGroups groups of the matcher beside it; empty if there is none that captures
     */
    RewriteValue read(String text, Place place, Optional<Integer> matcherGroups) {
        List<Part> parts = new ArrayList<>();
        int literalStart = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
            int close = text.indexOf('}', open);
            String name = close < 0 ? "" : text.substring(open + 1, close);
            if (RewriteVariables.isVariable(name)) {
                addLiteral(parts, text.substring(literalStart, open));
                part(name, place).ifPresent(parts::add);
                literalStart = close + 1;
            } else if (isOfMatcher(name)) {
                addLiteral(parts, text.substring(literalStart, open));
                matched(name, matcherGroups, place).ifPresent(parts::add);
                literalStart = close + 1;
            }
        }
        addLiteral(parts, text.substring(literalStart));
        return new RewriteValue(text, parts);
    }

    private static void addLiteral(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part.Literal(text));
        }
    }

    private Optional<Part> part(String name, Place place) {
        int digits = name.length();
        while (digits > 0 && name.charAt(digits - 1) >= '0' && name.charAt(digits - 1) <= '9') {
            digits--;
        }
        boolean isNumbered = digits < name.length() && digits > 1 && name.charAt(digits - 1) == '_';
        if (!isNumbered) {
            return variables.read(name, place).map(Part.Value::new);
        }
        return capture(name, name.substring(0, digits - 1), name.substring(digits), place);
    }

    private Optional<Part> capture(String name, String variable, String digits, Place place) {
        int index = indexOf(variable);
        if (index < 0 && mayEndInNumber(name)) {
            return variables.read(name, place).map(Part.Value::new);
        }
        int groups = index < 0 ? 0 : tested.get(index).groups();
        int group = digits.length() > MOST_GROUP_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (group >= 1 && group <= groups) {
            return Optional.of(new Part.Capture(index, group));
        }
        problems.error(
                "VAL-32",
                Kind.RANGE,
                place,
                Wording.quote("{" + name + "}") + " takes what group " + digits + " of a condition on "
                        + Wording.quote(variable) + " captures, but "
                        + (index < 0 ? missing(variable) : "its pattern has " + groups(groups)) + ".",
                "Count groups from 1, and spell the variable as the rule's condition does.");
        return Optional.empty();
    }

    private static boolean isOfMatcher(String name) {
        return name.regionMatches(true, 0, MATCHER, 0, MATCHER.length())
                && name.substring(MATCHER.length()).matches("(_[0-9]+)?");
    }

    private Optional<Part> matched(String name, Optional<Integer> groups, Place place) {
        String digits = name.length() == MATCHER.length() ? "0" : name.substring(MATCHER.length() + 1);
        int group = digits.length() > MOST_GROUP_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (groups.isPresent() && group <= groups.get()) {
            return Optional.of(new Part.MatcherCapture(group));
        }
        problems.error(
                "VAL-32",
                Kind.RANGE,
                place,
                Wording.quote("{" + name + "}") + " takes what the headerValueMatcher captures, but "
                        + groups.map(number -> "its pattern has " + groups(number))
                                .orElse("there is none here that captures")
                        + ".",
                "Count groups from 1, and add a headerValueMatcher that is not negated.");
        return Optional.empty();
    }

    /** A cookie whose own name ends in a number, or a variable that does. */
    private static boolean mayEndInNumber(String name) {
        return name.regionMatches(true, 0, RewriteVariables.SERVER, 0, RewriteVariables.SERVER.length())
                && RewriteVariable.isServerVariable(name.substring(RewriteVariables.SERVER.length()));
    }

    /** The condition whose captures are meant; one that is negated never captures. */
    private int indexOf(String variable) {
        for (int i = 0; i < tested.size(); i++) {
            if (tested.get(i).variable().equals(variable)
                    && !tested.get(i).condition().negate()) {
                return i;
            }
        }
        return -1;
    }

    private String missing(String variable) {
        Optional<String> other = tested.stream()
                .map(RewriteConditions.Tested::variable)
                .filter(variable::equalsIgnoreCase)
                .filter(text -> !text.equals(variable))
                .findFirst();
        return other.map(text -> "the rule's condition spells it " + Wording.quote(text))
                .orElse("no condition of the rule captures from it");
    }

    private static String groups(int groups) {
        return groups == 0 ? "no groups" : groups == 1 ? "one group" : groups + " groups";
    }
}
