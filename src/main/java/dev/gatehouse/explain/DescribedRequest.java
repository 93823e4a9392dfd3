package dev.gatehouse.explain;

import dev.gatehouse.model.HostText;
import dev.gatehouse.model.ListenAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as a person describes it, completed to what a client would send for it. Immutable.
 *
 * @param method its method
 * @param url where it goes, as typed
 * @param parsed the same in parts
 * @param fields its header, Host included
 * @param assumed what was added to the description, in words
 * @param client where it comes from
 * @param frontend the frontend it comes in by, if the describer chose one
 */
public record DescribedRequest(
        String method,
        String url,
        RequestUrl parsed,
        List<HeaderField> fields,
        List<String> assumed,
        ListenAddress client,
        Optional<String> frontend) {
    /** Who asks if nobody is named. */
    public static final String DEFAULT_CLIENT = "127.0.0.1:50000";

    // RFC 6455 §1.3: its own example.
    private static final String SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    public DescribedRequest {
        fields = List.copyOf(fields);
        assumed = List.copyOf(assumed);
    }

    /**
     * Reads a description and completes it: Host from the URL, and for a WebSocket handshake the fields that belong to
     * it, unless the describer wrote some of them.
     *
     * @param method a method
     * @param url an absolute URL of scheme http, https, ws or wss; path and query stay as typed
     * @param headers fields, each as {@code Name: value}
     * @param client IP address of the client, with or without a port
     * @param frontend name of the frontend IP configuration it comes in by; empty lets the URL decide
     * @return the request
     * @throws DescriptionException if no client could send it
     */
    public static DescribedRequest of(
            String method, String url, List<String> headers, String client, Optional<String> frontend)
            throws DescriptionException {
        if (!HeaderField.isToken(method)) {
            throw new DescriptionException("\"" + method + "\" is no method: write GET, POST or another token.");
        }
        RequestUrl parsed = RequestUrl.parse(url);
        List<HeaderField> fields = new ArrayList<>();
        for (String header : headers) {
            fields.add(HeaderField.parse(header));
        }
        checkFraming(fields);
        List<String> assumed = complete(method, parsed, fields);
        return new DescribedRequest(method, url, parsed, fields, assumed, clientOf(client), frontend);
    }

    /** What is no framing at all a server refuses before it reads on. */
    private static void checkFraming(List<HeaderField> fields) throws DescriptionException {
        for (HeaderField field : fields) {
            if (field.is("Content-Length") && !field.value().matches("[0-9]{1,18}")) {
                throw new DescriptionException("Content-Length: \"" + field.value() + "\" is no length.");
            }
            if (field.is("Transfer-Encoding") && !field.value().equalsIgnoreCase("chunked")) {
                throw new DescriptionException(
                        "Transfer-Encoding: \"" + field.value() + "\" is not served; only chunked is.");
            }
        }
        if (fields.stream().filter(field -> field.is("Content-Length")).count() > 1) {
            throw new DescriptionException("Content-Length stands twice.");
        }
    }

    private static List<String> complete(String method, RequestUrl url, List<HeaderField> fields) {
        List<String> assumed = new ArrayList<>();
        if (fields.stream().noneMatch(field -> field.is("Host"))) {
            fields.add(0, new HeaderField("Host", url.hostField()));
        }
        boolean isBare = fields.stream().noneMatch(DescribedRequest::isOfHandshake);
        boolean asksForIt = fields.stream().anyMatch(DescribedRequest::isUpgrade);
        if (method.equals("GET") && isBare && (asksForIt || url.isWebSocket())) {
            List<HeaderField> added = new ArrayList<>();
            if (!asksForIt) {
                added.add(new HeaderField("Upgrade", "websocket"));
            }
            added.add(new HeaderField("Connection", "Upgrade"));
            added.add(new HeaderField("Sec-WebSocket-Version", "13"));
            added.add(new HeaderField("Sec-WebSocket-Key", SAMPLE_KEY));
            added.forEach(field -> assumed.add(field.name() + ": " + field.value()));
            fields.addAll(added);
        }
        return assumed;
    }

    private static boolean isUpgrade(HeaderField field) {
        return field.is("Upgrade") && field.value().equalsIgnoreCase("websocket");
    }

    private static boolean isOfHandshake(HeaderField field) {
        return field.is("Connection") || field.is("Sec-WebSocket-Version") || field.is("Sec-WebSocket-Key");
    }

    private static ListenAddress clientOf(String text) throws DescriptionException {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String address = bare(hasPort ? text.substring(0, colon) : text);
        String port = hasPort ? text.substring(colon + 1) : "50000";
        if (!HostText.isIpLiteral(address) || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new DescriptionException("\"" + text + "\" is no client: write an IP address, or address:port.");
        }
        return new ListenAddress(address, Integer.parseInt(port));
    }

    private static String bare(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
