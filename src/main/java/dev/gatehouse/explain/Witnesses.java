package dev.gatehouse.explain;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Examples that stand for all hosts or paths which a set of patterns cannot tell apart. Patterns are met where nothing
 * more special is, by filling their holes with a character that no pattern holds. Stateless.
 */
final class Witnesses {
    /** In no host and no path of a file. */
    private static final char FRESH = '\uFFFF';

    private Witnesses() {}

    /** A host that a pattern takes and no name does; of the empty pattern, a host that nobody names. */
    static String host(String pattern) {
        return pattern.isEmpty() ? "" + FRESH : pattern.replace('*', FRESH).replace('?', FRESH);
    }

    /** As it is shown. */
    static String shown(String witness) {
        return witness.replace(FRESH, '*');
    }

    /** By the text shown, a path for every pattern, and last one that fits none. */
    static Map<String, String> paths(Collection<String> patterns) {
        Map<String, String> byText = new TreeMap<>();
        for (String pattern : patterns) {
            boolean isPrefix = pattern.endsWith("*");
            byText.put(pattern, isPrefix ? pattern.substring(0, pattern.length() - 1) + FRESH : pattern);
        }
        Map<String, String> all = new LinkedHashMap<>(byText);
        all.putIfAbsent("/*", "/" + FRESH);
        return all;
    }

    /** One step of the search for a common host: how far both patterns are used up, and the text so far. */
    private record Step(int first, int second, String text) {}

    /** A host that both patterns take, the shortest; empty if there is none. */
    static Optional<String> common(String first, String second) {
        if (!endsMeet(first, second)) {
            return Optional.empty();
        }
        Deque<Step> open = new ArrayDeque<>(List.of(new Step(0, 0, "")));
        Set<Long> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Step step = open.remove();
            if (step.first() == first.length() && step.second() == second.length()) {
                return Optional.of(step.text());
            }
            if (seen.add((long) step.first() << 32 | step.second())) {
                advance(step, first, second, open);
            }
        }
        return Optional.empty();
    }

    /** Whether the plain text at the end of one pattern may stand at the end of the other: most pairs fail here. */
    private static boolean endsMeet(String first, String second) {
        String one = end(first);
        String two = end(second);
        return one.endsWith(two) || two.endsWith(one);
    }

    private static String end(String pattern) {
        return pattern.substring(Math.max(pattern.lastIndexOf('*'), pattern.lastIndexOf('?')) + 1);
    }

    private static void advance(Step step, String first, String second, Deque<Step> open) {
        char one = at(first, step.first());
        char two = at(second, step.second());
        if (one == '*') { // it ends here
            open.add(new Step(step.first() + 1, step.second(), step.text()));
        }
        if (two == '*') {
            open.add(new Step(step.first(), step.second() + 1, step.text()));
        }
        boolean hasBoth = step.first() < first.length() && step.second() < second.length();
        boolean isFirstFree = one == '*' || one == '?';
        boolean isSecondFree = two == '*' || two == '?';
        if (hasBoth && (isFirstFree || isSecondFree || one == two)) {
            char next = !isFirstFree ? one : !isSecondFree ? two : FRESH;
            open.add(new Step(
                    one == '*' ? step.first() : step.first() + 1,
                    two == '*' ? step.second() : step.second() + 1,
                    step.text() + next));
        }
    }

    private static char at(String pattern, int index) {
        return index < pattern.length() ? pattern.charAt(index) : 0;
    }
}
