package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rewrite: what to test and what to change (section 4.13). Immutable.
 *
 * @param name name, unique in its set
 * @param ruleSequence lower runs first; default 100
 * @param conditions all must hold (REQ-29); none means always
 * @param requestHeaders changes of the request's headers
 * @param responseHeaders changes of the response's headers
 * @param url change of path and query, absent to keep both
 */
public record RewriteRule(
        String name,
        int ruleSequence,
        List<RewriteCondition> conditions,
        List<HeaderRewrite> requestHeaders,
        List<HeaderRewrite> responseHeaders,
        @Nullable UrlRewrite url) {
    /** Where the file is silent: 100. */
    public static final int DEFAULT_SEQUENCE = 100;

    public RewriteRule {
        Checks.named("rewriteRules.name", name);
        conditions = List.copyOf(conditions);
        requestHeaders = List.copyOf(requestHeaders);
        responseHeaders = List.copyOf(responseHeaders);
    }

    /**
     * Whether it is decided when the response's head is there, which is too late for changes of the request (REQ-30).
     *
     * @return true if a condition tests something of the response
     */
    public boolean isDecidedOnResponse() {
        return conditions.stream().anyMatch(condition -> condition.variable().isOfResponse());
    }

    boolean reroutes() {
        return url != null && url.reroute();
    }
}
