package dev.gatehouse.websocket;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a backend agreed to about permessage-deflate (RFC 7692 §7.1, WS-41). Immutable.
 *
 * @param backendForgets whether every message of the backend is compressed by itself, so that ours of its windows can go
 * @param weForget whether every message of ours must be
 */
record DeflateTerms(boolean backendForgets, boolean weForget) {
    /** Where offer and answer stand. */
    static final String FIELD = "Sec-WebSocket-Extensions";

    /**
     * What a backend is offered: first what costs nothing while a session is silent, then the extension as it is. The
     * size of our own window is never up for talks: zlib's in the JDK is 32 KB.
     */
    static final String OFFER =
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover, permessage-deflate";

    private static final String NAME = "permessage-deflate";
    private static final String BACKEND_FORGETS = "server_no_context_takeover";
    private static final String WE_FORGET = "client_no_context_takeover";
    private static final String BACKEND_WINDOW = "server_max_window_bits";

    // RFC 6455 §9.1: a parameter has no value, a token, or a token in quotes.
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern PARAMETER = Pattern.compile(
            "[ \\t]*;[ \\t]*(?<name>" + TOKEN + ")(?:[ \\t]*=[ \\t]*(?<quote>\"?)(?<value>" + TOKEN + ")\\k<quote>)?");
    private static final Pattern WINDOW = Pattern.compile("[89]|1[0-5]");

    /** Whether an answer names any extension. */
    static boolean isExtended(ResponseHead head) {
        return !named(head).isEmpty();
    }

    /**
     * The terms of an answer to {@link #OFFER}.
     *
     * @return empty if it names no extension, or anything that may not be in it (RFC 7692 §5.1, §7.1)
     */
    static Optional<DeflateTerms> of(ResponseHead head) {
        List<String> values = named(head);
        boolean isDeflate = values.size() == 1 && startsWithName(values.get(0));
        return isDeflate ? ofParameters(values.get(0).substring(NAME.length())) : Optional.empty();
    }

    private static List<String> named(ResponseHead head) {
        return head.values(FIELD).stream().filter(value -> !value.isEmpty()).toList();
    }

    private static boolean startsWithName(String value) {
        return value.toLowerCase(Locale.ROOT).startsWith(NAME);
    }

    private static Optional<DeflateTerms> ofParameters(String text) {
        Set<String> names = new HashSet<>();
        Matcher matcher = PARAMETER.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            String name = matcher.group("name").toLowerCase(Locale.ROOT);
            if (!isAllowed(name, matcher.group("value")) || !names.add(name)) {
                return Optional.empty();
            }
            end = matcher.end();
        }
        return text.substring(end).isBlank() ? Optional.of(ofNames(names)) : Optional.empty();
    }

    // client_max_window_bits was not offered, so it may not be answered (§7.1.2.2). Any window of the backend fits
    // ours.
    private static boolean isAllowed(String name, @Nullable String value) {
        return switch (name) {
            case BACKEND_FORGETS, WE_FORGET -> value == null;
            case BACKEND_WINDOW -> value != null && WINDOW.matcher(value).matches();
            default -> false;
        };
    }

    // Our first offer said that we forget; whoever took it may build on that without saying so (§7.1.1.2).
    private static DeflateTerms ofNames(Set<String> names) {
        boolean backendForgets = names.contains(BACKEND_FORGETS);
        return new DeflateTerms(backendForgets, backendForgets || names.contains(WE_FORGET));
    }
}
