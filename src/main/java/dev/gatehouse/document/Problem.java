package dev.gatehouse.document;

import java.util.Locale;

/**
 * One thing that is wrong, or worth knowing, with its place, cause and cure. Immutable.
 *
 * @param id the rule of the specification that is broken, for example {@code CFG-14}
 * @param severity what follows from it
 * @param kind its theme
 * @param file the file, as it was named to the reader
 * @param line line in the file, from 1; 0 where the whole file is meant
 * @param column column in characters, from 1; 0 where the whole file is meant
 * @param path the JSON path, {@code properties} steps left out; empty for the root
 * @param message the cause, one or more sentences
 * @param cure what to do about it
 */
public record Problem(
        String id,
        Severity severity,
        Kind kind,
        String file,
        int line,
        int column,
        String path,
        String message,
        String cure) {

    /** What follows from a problem. */
    public enum Severity {
        /** The configuration is refused. */
        ERROR,
        /** It is served, but not everything it says, or not surely as meant. */
        WARNING,
        /** Worth knowing. */
        INFO,
        /** Served here, but Azure would refuse it or do something else. */
        AZURE;

        /**
         * The name in reports.
         *
         * @return for example {@code error}
         */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Themes of problems. */
    public enum Kind {
        /** The text is no JSON, or the file cannot be read. */
        SYNTAX("syntax"),
        /** The file does not hold exactly one gateway. */
        SHAPE("shape"),
        /** A template expression without a value. */
        EXPRESSION("expression"),
        /** A value of another type than needed. */
        TYPE("type"),
        /** Something required is absent. */
        MISSING("missing"),
        /** A reference leads nowhere or to the wrong kind of object. */
        REFERENCE("reference"),
        /** Something that may stand once stands twice. */
        DUPLICATE("duplicate"),
        /** A value outside what is allowed. */
        RANGE("range"),
        /** Two settings that exclude each other. */
        CONFLICT("conflict"),
        /** Only the user can supply it: a parameter, a key, the members of a pool. */
        BINDING("binding"),
        /** This version does not apply it. */
        UNSUPPORTED("unsupported"),
        /** It is there but nothing uses it. */
        UNUSED("unused"),
        /** A key that the local file does not have. */
        UNKNOWN_KEY("unknownKey"),
        /** More than Azure allows. */
        LIMIT("limit");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /**
         * The name in reports.
         *
         * @return for example {@code reference}
         */
        public String label() {
            return label;
        }
    }

    /**
     * The same finding where it hinders only Azure.
     *
     * @return a copy of severity {@link Severity#AZURE}
     */
    public Problem asAzure() {
        return new Problem(id, Severity.AZURE, kind, file, line, column, path, message, cure);
    }

    /**
     * The problem as a person reads it: place and cause on the first line, cure and id on the second.
     *
     * @return two lines, the second indented, without a line end
     */
    public String text() {
        StringBuilder text = new StringBuilder(Wording.printable(file));
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        if (!path.isEmpty()) {
            text.append(' ').append(Wording.printable(path));
        }
        return text.append(": ")
                .append(Wording.printable(message))
                .append("\n    ")
                .append(Wording.printable(cure))
                .append(" [")
                .append(id)
                .append(']')
                .toString();
    }
}
