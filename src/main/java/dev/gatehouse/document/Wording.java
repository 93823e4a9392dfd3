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
        return '"' + oneLine.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t") + '"';
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
            int distance = distance(folded, candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Levenshtein's distance, two rows at a time. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int swap = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(swap, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
