package dev.gatehouse.rewrite;

import dev.gatehouse.exchange.RequestView;
import dev.gatehouse.model.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** The server variables of request-processing.md. Stateless. */
final class ServerVariables {
    private static final String COOKIE = "cookie_";
    private static final String BASIC = "Basic ";

    private ServerVariables() {}

    /**
     * The source of one.
     *
     * @param name lower case; of a cookie as written after {@code cookie_}
     * @throws IllegalArgumentException if there is no such variable
     */
    static ValueSource of(String name) {
        if (name.startsWith(COOKIE)) {
            String cookie = name.substring(COOKIE.length());
            return message -> cookie(message.request(), cookie);
        }
        return name.startsWith("client_certificate") ? ClientCertificate.of(name) : ofRequest(name);
    }

    private static ValueSource ofRequest(String name) {
        return switch (name) {
            case "add_x_forwarded_for_proxy" -> ServerVariables::forwardedFor;
            case "client_ip" -> message -> message.request().remoteAddress();
            case "client_port" -> message -> Integer.toString(message.request().remotePort());
            case "client_tcp_rtt" -> message -> ""; // Java cannot ask the kernel
            case "client_user" -> message -> user(message.request());
            case "host" -> message -> message.routed().host();
            case "http_method" -> message -> message.request().method();
            case "http_version" -> message -> message.request().protocol();
            case "query_string", "request_query" ->
                message -> orEmpty(message.request().query());
            case "received_bytes" -> message -> Long.toString(size(message.request()));
            case "request_uri" -> message -> uri(message.request());
            case "uri_path" -> message -> path(message);
            default -> ofConnection(name);
        };
    }

    private static ValueSource ofConnection(String name) {
        return switch (name) {
            case "request_scheme" ->
                message -> message.routed().route().listener().protocol().scheme();
            case "server_port" ->
                message -> Integer.toString(
                        message.routed().route().listener().frontendPort().port()); // public side of the port map
            case "ssl_enabled" -> message -> isTls(message) ? "On" : "";
            case "ssl_connection_protocol" -> message -> message.request().tls().protocol();
            case "ciphers_used" -> message -> message.request().tls().cipher();
            case "ciphers_supported" -> message -> message.request().tls().offeredCiphers();
            case "http_status" -> message -> message.isAnswered() ? Integer.toString(message.status()) : "";
            case "sent_bytes" -> message -> message.isAnswered() ? "0" : ""; // rewrites run before the first byte
            default ->
                throw new IllegalArgumentException(
                        "name: " + name + " (expected: a server variable of request-processing.md)");
        };
    }

    private static boolean isTls(Message message) {
        return message.routed().route().listener().protocol() == Protocol.HTTPS;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String forwardedFor(Message message) {
        RequestView request = message.request();
        String before = Message.joined(request.headers("X-Forwarded-For"));
        return before.isEmpty() ? request.remoteAddress() : before + ", " + request.remoteAddress();
    }

    // What is compared with path rules: an escape or a dot segment more must not slip past a condition (REQ-22).
    private static String path(Message message) {
        return message.path().orElse(message.routed().path()).matched();
    }

    private static String uri(RequestView request) {
        @Nullable String query = request.query();
        return query == null ? request.path() : request.path() + '?' + query;
    }

    // RFC 7617 §2; bytes stay bytes, whatever their charset
    private static String user(RequestView request) {
        @Nullable String credentials = request.header("Authorization");
        if (credentials == null || !credentials.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return "";
        }
        try {
            byte[] pair = Base64.getDecoder()
                    .decode(credentials.substring(BASIC.length()).strip());
            String text = new String(pair, StandardCharsets.ISO_8859_1);
            int colon = text.indexOf(':');
            return colon < 0 ? "" : text.substring(0, colon);
        } catch (IllegalArgumentException e) {
            return ""; // no Base64: then there is no user
        }
    }

    // RFC 6265 §4.2.1: pairs with semicolons between them, names compared as they are
    private static String cookie(RequestView request, String name) {
        Enumeration<String> fields = request.headers("Cookie");
        while (fields.hasMoreElements()) {
            for (String part : fields.nextElement().split(";", -1)) {
                String pair = part.strip();
                if (pair.startsWith(name) && pair.startsWith("=", name.length())) {
                    return pair.substring(name.length() + 1);
                }
            }
        }
        return "";
    }

    /** Request line, fields and announced body as HTTP/1.1 writes them. */
    private static long size(RequestView request) {
        long size = request.method().length()
                + uri(request).length()
                + request.protocol().length()
                + 6L;
        Enumeration<String> names = request.headerNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            Enumeration<String> values = request.headers(name);
            while (values.hasMoreElements()) {
                size += name.length() + values.nextElement().length() + 4L;
            }
        }
        return size + Math.max(0, request.contentLength());
    }
}
