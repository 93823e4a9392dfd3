package dev.gatehouse.model;

import java.util.Locale;
import java.util.Set;

/**
 * A value of a request or its response that rewrites can test and insert (REQ-29, REQ-31). Immutable.
 *
 * @param source where it comes from
 * @param name the header's name as written, compared without regard to case; of a server variable its name in lower
 *     case, a cookie's name as written after {@code cookie_}
 */
public record RewriteVariable(Source source, String name) {
    private static final String COOKIE = "cookie_";

    /** The server variables of request-processing.md, cookies apart. */
    private static final Set<String> SERVER = Set.of(
            "add_x_forwarded_for_proxy",
            "ciphers_supported",
            "ciphers_used",
            "client_ip",
            "client_port",
            "client_tcp_rtt",
            "client_user",
            "host",
            "http_method",
            "http_status",
            "http_version",
            "query_string",
            "received_bytes",
            "request_query",
            "request_scheme",
            "request_uri",
            "sent_bytes",
            "server_port",
            "ssl_connection_protocol",
            "ssl_enabled",
            "uri_path",
            "client_certificate",
            "client_certificate_end_date",
            "client_certificate_start_date",
            "client_certificate_fingerprint",
            "client_certificate_issuer",
            "client_certificate_subject",
            "client_certificate_serial",
            "client_certificate_verification");

    private static final Set<String> OF_RESPONSE = Set.of("http_status", "sent_bytes");

    /** Where a value comes from. */
    public enum Source {
        /** {@code http_req_NAME}. */
        REQUEST_HEADER,
        /** {@code http_resp_NAME}. */
        RESPONSE_HEADER,
        /** {@code var_NAME}. */
        SERVER
    }

    public RewriteVariable {
        Checks.named("variable", name);
    }

    /**
     * The names of all server variables; {@code cookie_NAME} comes on top.
     *
     * @return an immutable set, lower case
     */
    public static Set<String> serverVariables() {
        return SERVER;
    }

    /**
     * Whether a text names a server variable, without regard to case.
     *
     * @param name without {@code var_}
     * @return true for the variables of request-processing.md and for every cookie
     */
    public static boolean isServerVariable(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        return SERVER.contains(folded) || (folded.startsWith(COOKIE) && folded.length() > COOKIE.length());
    }

    /**
     * A server variable.
     *
     * @param name without {@code var_}, in any case
     * @return the variable
     */
    public static RewriteVariable server(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        boolean isCookie = folded.startsWith(COOKIE);
        return new RewriteVariable(Source.SERVER, isCookie ? COOKIE + name.substring(COOKIE.length()) : folded);
    }

    /**
     * Whether the value is known only when the response's head is there (REQ-30).
     *
     * @return true for response headers, the status and the bytes sent
     */
    public boolean isOfResponse() {
        return source == Source.RESPONSE_HEADER || (source == Source.SERVER && OF_RESPONSE.contains(name));
    }
}
