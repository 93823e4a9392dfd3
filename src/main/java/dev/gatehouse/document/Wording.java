package dev.gatehouse.document;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Pieces of messages: quoted text, lists of known names, the name that was probably meant. Stateless. */
public final class Wording {
    private static final int LONGEST_QUOTE = 120;
    private static final int MOST_NAMES = 12;
    /** Bounds the search, so that many bad names against many good ones stay cheap. */
    private static final int MOST_CANDIDATES = 200;

    private static final int LONGEST_CANDIDATE = 80;

    private Wording() {}

    public static String quote(String text) {
        String oneLine = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
        return '"' + printable(oneLine.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")) + '"';
    }

    /** A text in which nothing can take a terminal over: control and direction characters are spelled. */
    public static String printable(String text) {
        if (text.chars().noneMatch(Wording::isCommand)) {
            return text;
        }
        StringBuilder spelled = new StringBuilder();
        text.chars().forEach(c -> spelled.append(isCommand(c) ? String.format("\\u%04x", c) : Character.toString(c)));
        return spelled.toString();
    }

    private static boolean isCommand(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }

    /** For example {@code "a", "b" and 3 more}. */
    public static String list(Collection<String> names) {
        String shown = names.stream().limit(MOST_NAMES).map(Wording::quote).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? shown : shown + " and " + (names.size() - MOST_NAMES) + " more";
    }

    /** {@code  (known: ...)}, or that there are none. */
    public static String known(Collection<String> names) {
        return names.isEmpty() ? " (there are none)" : " (known: " + list(names) + ")";
    }

    /** How a guess is offered. */
    public static String didYouMean(String name) {
        return "Did you mean " + quote(name) + "?";
    }

    /** The candidate with the fewest edits, if it is near enough to be a slip of the pen. */
    public static Optional<String> closest(String name, Collection<String> candidates) {
        if (name.length() > LONGEST_CANDIDATE) {
            return Optional.empty();
        }
        String folded = name.toLowerCase(Locale.ROOT);
        String best = "";
        int least = Math.max(1, name.length() / 3) + 1;
        List<String> few = candidates.stream()
                .limit(MOST_CANDIDATES)
                .filter(candidate -> candidate.length() <= LONGEST_CANDIDATE)
                .toList();
        for (String candidate : few) {
            // At least the difference of their lengths: most candidates of a long list fail here, at no cost.
            boolean mayBeNearer = Math.abs(folded.length() - candidate.length()) < least;
            int distance = mayBeNearer ? distance(folded, candidate.toLowerCase(Locale.ROOT)) : least;
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Levenshtein's distance, in one row that is written over. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            char letter = left.charAt(i - 1);
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int swap = diagonal + (letter == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(swap, 1 + Math.min(diagonal, row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
