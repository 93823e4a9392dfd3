package dev.gatehouse.model;

import java.util.List;
import java.util.Set;

/**
 * The access log ({@code accessLog} of the local file). Immutable.
 *
 * @param file path, {@code -} (default) for standard output, {@code off} for none
 * @param format how a line looks; default json
 * @param maxBytes length from which a file is put aside and a new one begun; default 100 MiB
 * @param keep how many files are kept aside; default 5, 0 keeps none
 * @param omit names of properties that JSON lines leave out; default none
 * @param scrub names of query parameters whose values are not written; default none
 */
public record AccessLogSettings(
        String file, Format format, long maxBytes, int keep, Set<String> omit, List<String> scrub) {
    /** Standard output. */
    public static final String STANDARD_OUTPUT = "-";

    /** No access log. */
    public static final String OFF = "off";

    /** Names of properties that JSON lines have (observability.md section 1), those of Gatehouse alone as the last. */
    public static final List<String> PROPERTIES = List.of(
            "instanceId",
            "clientIP",
            "clientPort",
            "httpMethod",
            "originalRequestUriWithArgs",
            "requestUri",
            "requestQuery",
            "userAgent",
            "httpStatus",
            "httpVersion",
            "receivedBytes",
            "sentBytes",
            "clientResponseTime",
            "timeTaken",
            "WAFEvaluationTime",
            "transactionId",
            "sslEnabled",
            "sslCipher",
            "sslProtocol",
            "sslClientVerify",
            "sslClientCertificateFingerprint",
            "sslClientCertificateIssuerName",
            "serverRouted",
            "serverStatus",
            "serverResponseLatency",
            "upstreamSourcePort",
            "originalHost",
            "host",
            "error_info",
            "contentType",
            "gatehouse");

    /** JSON lines to standard output. */
    public static final AccessLogSettings DEFAULT =
            new AccessLogSettings(STANDARD_OUTPUT, Format.JSON, 100L << 20, 5, Set.of(), List.of());

    public AccessLogSettings {
        Checks.named("accessLog.file", file);
        if (maxBytes < 1) {
            throw new IllegalArgumentException("accessLog.maxSize: " + maxBytes + " (expected: >= 1)");
        }
        if (keep < 0) {
            throw new IllegalArgumentException("accessLog.keep: " + keep + " (expected: >= 0)");
        }
        omit = Set.copyOf(omit);
        scrub = List.copyOf(scrub);
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
