package dev.gatehouse.document;

/**
 * Something that only the user can supply, and where. Immutable.
 *
 * @param kind where it belongs
 * @param key the parameter's name, or the key in {@code references} of the local file
 * @param example what to write there, as JSON, for example {@code {"value": "..."}} or {@code {"vaultUri": "..."}}
 */
public record Need(Kind kind, String key, String example) {
    /** The part of the local file that closes it. */
    public enum Kind {
        /** {@code parameters}, in an ARM parameter file's form. */
        PARAMETER,
        /** {@code references}. */
        REFERENCE
    }
}
