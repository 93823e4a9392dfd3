package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * Replaces path and query of the request (section 4.13). Immutable.
 *
 * @param modifiedPath the new path, a missing leading {@code /} is added; absent to keep it
 * @param modifiedQueryString the new text after {@code ?}, empty to remove the query; absent to keep it
 * @param reroute match the path map again with the new path (REQ-32); default false
 */
public record UrlRewrite(
        @Nullable RewriteValue modifiedPath, @Nullable RewriteValue modifiedQueryString, boolean reroute) {}
