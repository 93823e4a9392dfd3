package dev.gatehouse.exchange;

import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RedirectConfiguration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Location of a redirect (REQ-25). Path and query are copied as received. Stateless. */
public final class RedirectLocation {
    private RedirectLocation() {}

    /**
     * Where a client is sent.
     *
     * @param redirect the redirect of its route
     * @param routed the client's request
     * @return an absolute URL, still encoded
     */
    public static String of(RedirectConfiguration redirect, Routed routed) {
        @Nullable HttpListener listener = redirect.targetListener();
        return listener == null ? ofUrl(redirect, routed.request()) : ofListener(redirect, listener, routed);
    }

    private static String ofListener(RedirectConfiguration redirect, HttpListener listener, Routed routed) {
        StringBuilder location = new StringBuilder(listener.protocol().scheme()).append("://");
        location.append(listener.hostNames().size() == 1 ? listener.hostNames().get(0) : routed.host());
        int port = listener.frontendPort().port();
        if (port != listener.protocol().defaultPort()) {
            location.append(':').append(port);
        }
        location.append(redirect.includePath() ? routed.request().path() : "/");
        appendQuery(location, redirect, routed.request());
        return location.toString();
    }

    private static String ofUrl(RedirectConfiguration redirect, RequestView request) {
        String url = Objects.requireNonNull(redirect.targetUrl());
        int hash = url.indexOf('#');
        int question = url.indexOf('?');
        int pathEnd = question >= 0 ? question : hash >= 0 ? hash : url.length();
        int queryEnd = hash >= 0 ? hash : url.length();
        StringBuilder location = new StringBuilder(url).delete(pathEnd, url.length());
        if (redirect.includePath()) {
            appendPath(location, request.path());
        }
        location.append(url, pathEnd, queryEnd);
        appendQuery(location, redirect, request);
        return location.append(url, queryEnd, url.length()).toString();
    }

    private static void appendPath(StringBuilder location, String path) {
        if (location.charAt(location.length() - 1) == '/') {
            location.setLength(location.length() - 1);
        }
        location.append(path);
    }

    private static void appendQuery(StringBuilder location, RedirectConfiguration redirect, RequestView request) {
        @Nullable String query = request.query();
        if (redirect.includeQueryString() && query != null) {
            location.append(location.indexOf("?") < 0 ? '?' : '&').append(query);
        }
    }
}
