package dev.gatehouse.model;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets or deletes a header (section 4.13). Immutable.
 *
 * @param headerName all headers of this name are replaced; case does not matter
 * @param value the new value; an empty text deletes the header
 * @param matcher restricts the change to headers whose value it fits; meant for {@code Set-Cookie} of responses
 */
public record HeaderRewrite(
        String headerName, RewriteValue value, @Nullable ValueMatcher matcher) {
    // RFC 9110 §7.6.1, and what frames a body: made anew on every connection (REQ-42, REQ-43).
    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    public HeaderRewrite {
        Checks.named("headerName", headerName);
    }

    /**
     * Whether a header belongs to one connection, so that no rewrite may set or delete it.
     *
     * @param headerName name, any case
     * @return true if a rewrite of it does nothing
     */
    public static boolean isOfConnection(String headerName) {
        return OF_CONNECTION.contains(headerName.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether it removes the header instead of setting it.
     *
     * @return true if the value is empty
     */
    public boolean isDeletion() {
        return value.text().isEmpty();
    }
}
