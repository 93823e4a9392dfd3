package dev.gatehouse.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What rewrites made of a request (step 9, REQ-28 to REQ-32). Where it stands in a {@link Routing.Routed} it counts in
 * place of what the client sent. Confined to one exchange.
 *
 * @param path still encoded, begins with a slash, before the settings override it (REQ-33)
 * @param query still encoded, without its question mark; null for none
 * @param host the Host that a rewrite set, which wins over the settings' (REQ-31, REQ-39); null for none
 * @param fields all fields that the backend gets, but for Host, framing and those of an upgrade
 */
public record RewrittenRequest(
        String path, @Nullable String query, @Nullable String host, HeaderFields fields) {}
