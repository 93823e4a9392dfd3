package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * Binds one listener to what happens with its requests (section 4.10). Immutable.
 *
 * @param name unique name
 * @param priority 1 (first) - 20000 (last); absent in old files, then the order of REQ-11 applies
 * @param httpListener the listener it serves
 * @param target of a Basic rule; exactly one of target and urlPathMap is set
 * @param urlPathMap of a PathBasedRouting rule
 */
public record RequestRoutingRule(
        String name,
        @Nullable Integer priority,
        HttpListener httpListener,
        @Nullable Target target,
        @Nullable UrlPathMap urlPathMap) {
    public RequestRoutingRule {
        Checks.named("requestRoutingRules.name", name);
        if ((target == null) == (urlPathMap == null)) {
            throw new IllegalArgumentException("urlPathMap: " + urlPathMap + " (expected: one of target and map)");
        }
        if (priority != null) {
            Checks.inRange("priority", priority, 1, 20000);
        }
    }
}
