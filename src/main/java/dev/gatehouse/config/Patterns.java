package dev.gatehouse.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.ValueMatcher;
import java.util.Optional;

/**
 * Regular expressions of the gateway file, judged by the engine that runs them: RE2, whose time grows with the text
 * only, whatever the pattern (REQ-29, VAL-32). Confined to one load.
 */
final class Patterns {
    private static final int LONGEST = 8192;

    private final Problems problems;

    Patterns(Problems problems) {
        this.problems = problems;
    }

    /** The number of its capturing groups; empty if it was refused. */
    Optional<Integer> groups(String pattern, Place place) {
        if (pattern.length() > LONGEST) {
            refuse(pattern, place, "it is longer than " + LONGEST + " characters");
            return Optional.empty();
        }
        if (Repetitions.isExcessive(pattern)) {
            refuse(pattern, place, "its nested repetitions multiply to more than " + Repetitions.MOST);
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(pattern).groupCount());
        } catch (PatternSyntaxException e) {
            refuse(pattern, place, e.getDescription() + at(e.getPattern(), pattern));
            return Optional.empty();
        }
    }

    /** A matcher object; empty if it lacks a pattern or its pattern was refused. */
    Optional<ValueMatcher> matcher(ConfigObject object) {
        object.require("pattern");
        Optional<String> pattern = object.anyText("pattern");
        boolean ignoreCase = object.flag("ignoreCase", false);
        boolean negate = object.flag("negate", false);
        return pattern.filter(text -> groups(text, object.placeOf("pattern")).isPresent())
                .map(text -> new ValueMatcher(text, ignoreCase, negate));
    }

    /** RE2 names the part it stumbled over; worth saying only if it is not the whole. */
    private static String at(String part, String pattern) {
        return part.equals(pattern) || part.isEmpty() ? "" : " at " + Wording.quote(part);
    }

    private void refuse(String pattern, Place place, String cause) {
        problems.error(
                "VAL-32",
                Kind.RANGE,
                place,
                Wording.quote(pattern) + " is no pattern that RE2 takes: " + cause + ".",
                "Write it without look-around, back-references and other things that RE2 lacks.");
    }
}
