package dev.gatehouse.explain;

import dev.gatehouse.model.Protocol;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL as a client would use it: where to connect, what to name as Host, what to put into the request line. Path and
 * query stay as typed; {@link java.net.URI} would refuse characters that clients send and the gateway passes on.
 * Immutable.
 *
 * @param protocol what the client speaks, {@code ws} being http and {@code wss} https
 * @param isWebSocket whether the scheme asks for WebSocket by itself
 * @param host name or address, IPv6 in brackets
 * @param port port to connect to
 * @param path path as typed, {@code /} if there is none
 * @param query query as typed, without question mark; absent if there is none
 */
record RequestUrl(
        Protocol protocol,
        boolean isWebSocket,
        String host,
        int port,
        String path,
        @Nullable String query) {
    private static final Map<String, Protocol> SCHEMES =
            Map.of("http", Protocol.HTTP, "ws", Protocol.HTTP, "https", Protocol.HTTPS, "wss", Protocol.HTTPS);
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#.*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]+)(?::([0-9]{1,5}))?");

    static RequestUrl parse(String text) throws DescriptionException {
        if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw refused(text, "it holds a blank or a character outside ASCII; encode it as %XX");
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw refused(text, "write it whole, for example http://www.contoso.com/images/a.png?size=2");
        }
        String scheme = form.group(1).toLowerCase(Locale.ROOT);
        @Nullable Protocol protocol = SCHEMES.get(scheme);
        if (protocol == null) {
            throw refused(text, "its scheme must be http, https, ws or wss");
        }
        Matcher authority = AUTHORITY.matcher(form.group(2));
        if (!authority.matches()) {
            throw refused(text, "it needs a host, perhaps with a port, and no user; credentials go into -H");
        }
        String path = form.group(3).isEmpty() ? "/" : form.group(3);
        int port = port(authority.group(2), protocol, text);
        return new RequestUrl(protocol, scheme.startsWith("ws"), authority.group(1), port, path, form.group(4));
    }

    private static int port(@Nullable String digits, Protocol protocol, String text) throws DescriptionException {
        int port = digits == null ? protocol.defaultPort() : Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw refused(text, "its port must be 1 to 65535");
        }
        return port;
    }

    private static DescriptionException refused(String text, String cure) {
        return new DescriptionException("\"" + text + "\" is no URL to explain: " + cure + ".");
    }

    /** The Host field a client sends for it: the port only if it is not the scheme's own. */
    String hostField() {
        return port == protocol.defaultPort() ? host : host + ':' + port;
    }

    /** The host without brackets. */
    String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
