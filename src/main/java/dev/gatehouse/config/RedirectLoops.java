package dev.gatehouse.config;

import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.Target;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a redirect leads to where its request came from (VAL-22). Stateless. */
final class RedirectLoops {
    private RedirectLoops() {}

    static boolean leadsBack(RedirectConfiguration redirect, HttpListener source, boolean takesEveryPath) {
        @Nullable String url = redirect.targetUrl();
        if (url == null) {
            return source.equals(redirect.targetListener()) && (takesEveryPath || redirect.includePath());
        }
        URI target = URI.create(url);
        String path = target.getRawPath();
        boolean keepsPath = redirect.includePath() && (path.isEmpty() || path.equals("/"));
        return isOwnHost(target, source) && (takesEveryPath || keepsPath);
    }

    /** By listener, the other listener to which its rule sends every request. */
    static Map<String, String> ways(List<RequestRoutingRule> rules) {
        Map<String, String> ways = new HashMap<>();
        for (RequestRoutingRule rule : rules) {
            if (rule.target() instanceof Target.Redirect redirect) {
                @Nullable HttpListener target = redirect.configuration().targetListener();
                if (target != null && !target.equals(rule.httpListener())) {
                    ways.put(rule.httpListener().name(), target.name());
                }
            }
        }
        return ways;
    }

    /** The listeners over which requests of one come back to it, itself first; empty if they do not. */
    static List<String> circle(String start, Map<String, String> ways) {
        Set<String> passed = new LinkedHashSet<>();
        @Nullable String at = start;
        while (at != null && passed.add(at)) {
            at = ways.get(at);
        }
        return start.equals(at) ? List.copyOf(passed) : List.of();
    }

    /** A basic listener and a wildcard take other hosts too, where the URL leads elsewhere: not surely a loop. */
    private static boolean isOwnHost(URI target, HttpListener source) {
        String scheme = source.protocol().azureName();
        int defaultPort = scheme.equalsIgnoreCase("https") ? 443 : 80;
        int port = target.getPort() < 0 ? defaultPort : target.getPort();
        @Nullable String host = target.getHost();
        return scheme.equalsIgnoreCase(target.getScheme())
                && port == source.frontendPort().port()
                && host != null
                && source.hostNames().contains(host.toLowerCase(Locale.ROOT));
    }
}
