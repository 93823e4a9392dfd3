package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * An answer that sends the client elsewhere, no backend involved (section 4.12, REQ-24 to REQ-27). Immutable.
 *
 * @param name unique name
 * @param redirectType decides the status
 * @param targetListener listener whose scheme, host and port the client is sent to; exactly one of the two targets is
 *     set
 * @param targetUrl absolute http(s) URL the client is sent to
 * @param includePath append the request's path; default true (REQ-25)
 * @param includeQueryString append the request's query; default true (REQ-25)
 */
public record RedirectConfiguration(
        String name,
        RedirectType redirectType,
        @Nullable HttpListener targetListener,
        @Nullable String targetUrl,
        boolean includePath,
        boolean includeQueryString) {
    public RedirectConfiguration {
        Checks.named("redirectConfigurations.name", name);
        if ((targetListener == null) == (targetUrl == null)) {
            throw new IllegalArgumentException("targetUrl: " + targetUrl + " (expected: one of listener and URL)");
        }
    }
}
