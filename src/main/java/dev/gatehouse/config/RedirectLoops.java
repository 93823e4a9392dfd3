package dev.gatehouse.config;

import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RedirectConfiguration;
import java.net.URI;
import java.util.Locale;
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
