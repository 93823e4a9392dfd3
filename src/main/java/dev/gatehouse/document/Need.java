package dev.gatehouse.document;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that only the user can supply, and where it goes in the local file. Immutable.
 *
 * @param kind the part of the local file
 * @param key the parameter's name, or the key in {@code references}
 * @param path members from there to the value that is used, an array's as its index: of
 *     {@code reference('web').hostNames[0]} they are {@code hostNames} and {@code 0}
 * @param sample a blank of the right type, as JSON, for example {@code "..."} in quotes or {@code 1}
 */
public record Need(Kind kind, String key, List<String> path, String sample) {
    /** The part of the local file that closes it. */
    public enum Kind {
        /** {@code parameters}, in an ARM parameter file's form. */
        PARAMETER,
        /** {@code references}. */
        REFERENCE
    }

    /** The blank for a text. */
    public static final String TEXT = "\"...\"";

    public Need {
        path = List.copyOf(path);
    }

    /**
     * The need of one part of this one.
     *
     * @param step a member's name or an element's index
     * @return the same need, one step further
     */
    public Need then(String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return new Need(kind, key, longer, TEXT);
    }
}
