package dev.gatehouse.exchange;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The answers that the gateway makes itself: a status, a small page, no internals (REQ-47). Stateless. */
public final class ErrorPage {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Found"),
            Map.entry(303, "See Other"),
            Map.entry(307, "Temporary Redirect"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(426, "Upgrade Required"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    private ErrorPage() {}

    /**
     * Answers a failed exchange, unless the answer already began.
     *
     * @param response the answer
     * @param status its status
     * @param namesServer whether a Server header is sent (REQ-47)
     * @param note a line for the page, for example a trace id, or empty
     * @return false if the answer had already begun and nothing could be written
     * @throws IOException if the client cannot be written to
     */
    public static boolean write(HttpServletResponse response, int status, boolean namesServer, String note)
            throws IOException {
        if (response.isCommitted()) {
            return false;
        }
        response.reset(); // fields of a backend's answer that was given up must not stay
        send(response, status, namesServer, html(status, namesServer, note));
        return true;
    }

    static String reason(int status) {
        return REASONS.getOrDefault(status, "Error");
    }

    private static String html(int status, boolean namesServer, String note) {
        String title = status + " " + reason(status);
        return "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
                + "</h1></center>\r\n<hr><center>" + (namesServer ? "Gatehouse" : "") + "</center>\r\n"
                + (note.isEmpty() ? "" : "<p>" + note + "</p>\r\n") + "</body>\r\n</html>\r\n";
    }

    /**
     * The whole answer for a client that no container can answer: it speaks plain HTTP where TLS was to come.
     *
     * @param status its status
     * @param namesServer whether a Server header is sent
     * @return an HTTP/1.1 answer that ends the connection
     */
    public static byte[] bytes(int status, boolean namesServer) {
        String html = html(status, namesServer, "");
        String head = "HTTP/1.1 " + status + " " + reason(status) + "\r\n"
                + (namesServer ? "Server: Gatehouse\r\n" : "") + "Content-Type: text/html\r\nContent-Length: "
                + html.length() + "\r\nConnection: close\r\n\r\n";
        return (head + html).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Answers a failed exchange with a page of the user's, unless the answer already began (REQ-48).
     *
     * @param response the answer
     * @param status its status
     * @param namesServer whether a Server header is sent
     * @param page HTML
     * @return false if the answer had already begun and nothing could be written
     * @throws IOException if the client cannot be written to
     */
    static boolean writeCustom(HttpServletResponse response, int status, boolean namesServer, byte[] page)
            throws IOException {
        if (response.isCommitted()) {
            return false;
        }
        response.reset();
        send(response, status, namesServer, page);
        return true;
    }

    /**
     * Answers with a redirect (REQ-26).
     *
     * @param response the answer, not begun
     * @param status 301, 302, 303 or 307
     * @param location where to, still encoded
     * @param namesServer whether a Server header is sent
     * @throws IOException if the client cannot be written to
     */
    public static void redirect(HttpServletResponse response, int status, String location, boolean namesServer)
            throws IOException {
        response.setHeader("Location", location);
        String link = escape(location);
        String html = "<html>\r\n<head><title>" + status + " " + REASONS.getOrDefault(status, "")
                + "</title></head>\r\n<body>\r\n<a href=\"" + link + "\">" + link
                + "</a>\r\n</body>\r\n</html>\r\n";
        send(response, status, namesServer, html);
    }

    private static void send(HttpServletResponse response, int status, boolean namesServer, String html)
            throws IOException {
        send(response, status, namesServer, html.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpServletResponse response, int status, boolean namesServer, byte[] body)
            throws IOException {
        response.setStatus(status);
        if (namesServer) {
            response.setHeader("Server", "Gatehouse");
        }
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer"); // RFC 6750 §3; only tokens are answered so (REQ-16)
        }
        response.setContentType("text/html");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
