package dev.gatehouse.model;

/**
 * The access log ({@code accessLog} of the local file). Immutable.
 *
 * @param file path, or {@code -} (default) for standard output
 * @param format how a line looks; default json
 */
public record AccessLogSettings(String file, Format format) {
    /** JSON lines to standard output. */
    public static final AccessLogSettings DEFAULT = new AccessLogSettings("-", Format.JSON);

    public AccessLogSettings {
        Checks.named("accessLog.file", file);
    }

    /** Line formats. */
    public enum Format {
        /** Azure's field names, one JSON object a line. */
        JSON,
        /** Common Log Format. */
        COMMON,
        /** Combined Log Format. */
        COMBINED
    }
}
