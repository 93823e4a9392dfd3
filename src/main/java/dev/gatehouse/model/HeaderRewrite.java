package dev.gatehouse.model;

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
    public HeaderRewrite {
        Checks.named("headerName", headerName);
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
