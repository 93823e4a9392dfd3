package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of one path map in match order: their grammar (REQ-20, VAL-19, VAL-20) and which of them can never match
 * because an earlier one takes everything (VAL-21). Confined to one load.
 */
final class PathPatterns {
    private static final int LONGEST = 8192;

    private final boolean isV1;
    private final Problems problems;
    private final Map<String, Integer> exactLines = new HashMap<>();
    /** Texts before a last {@code *}, none of which starts with another, so the nearest lower key decides. */
    private final TreeMap<String, Integer> prefixLines = new TreeMap<>();

    private final Set<String> v1Warned = new HashSet<>();

    PathPatterns(boolean isV1, Problems problems) {
        this.isV1 = isV1;
        this.problems = problems;
    }

    /** Checks one pattern; the order of calls is the order of matching. */
    boolean accept(String pattern, Place place) {
        Optional<String> complaint = complaint(pattern);
        if (complaint.isPresent()) {
            problems.error(
                    "VAL-19",
                    Kind.RANGE,
                    place,
                    Wording.quote(pattern) + " " + complaint.get() + ".",
                    "Write a path such as \"/images/*\".");
            return false;
        }
        if (isV1 && pattern.endsWith("*") && !pattern.endsWith("/*") && v1Warned.add(pattern)) {
            problems.warn(
                    "VAL-20",
                    Kind.RANGE,
                    place,
                    Wording.quote(pattern) + " has no '/' before '*', which v1 gateways do not take.",
                    "Write \"/*\" at the end.");
        }
        warnIfHidden(pattern, place);
        remember(pattern.toLowerCase(Locale.ROOT), place.line());
        return true;
    }

    private static Optional<String> complaint(String pattern) {
        if (!pattern.startsWith("/")) {
            return Optional.of("does not start with '/'");
        }
        if (pattern.length() > LONGEST) {
            return Optional.of("is longer than " + LONGEST + " characters");
        }
        if (pattern.indexOf('?') >= 0 || pattern.indexOf('#') >= 0) {
            return Optional.of("holds '?' or '#', but only the path is compared");
        }
        int star = pattern.indexOf('*');
        return star >= 0 && star < pattern.length() - 1 ? Optional.of("holds '*' before its end") : Optional.empty();
    }

    private void warnIfHidden(String pattern, Place place) {
        String folded = pattern.toLowerCase(Locale.ROOT);
        @Nullable Integer same = exactLines.get(folded);
        String stem = folded.endsWith("*") ? folded.substring(0, folded.length() - 1) : folded;
        Map.@Nullable Entry<String, Integer> below = prefixLines.floorEntry(stem);
        boolean isCovered = below != null && stem.startsWith(below.getKey());
        if (same == null && !isCovered) {
            return;
        }
        int line = same != null ? same : below == null ? 0 : below.getValue();
        problems.warn(
                "VAL-21",
                Kind.CONFLICT,
                place,
                "no request gets here with " + Wording.quote(pattern) + ": the pattern at line " + line
                        + " comes first and takes them all.",
                same != null ? "Remove one of the two." : "Put the more specific pattern first.");
    }

    private void remember(String folded, int line) {
        exactLines.putIfAbsent(folded, line);
        if (!folded.endsWith("*")) {
            return;
        }
        String prefix = folded.substring(0, folded.length() - 1);
        Map.@Nullable Entry<String, Integer> below = prefixLines.floorEntry(prefix);
        if (below == null || !prefix.startsWith(below.getKey())) {
            prefixLines
                    .subMap(prefix, true, prefix + Character.MAX_VALUE, false)
                    .clear();
            prefixLines.put(prefix, line);
        }
    }
}
