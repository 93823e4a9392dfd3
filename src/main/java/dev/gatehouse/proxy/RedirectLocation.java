package dev.gatehouse.proxy;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RedirectConfiguration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Location of a redirect (REQ-25). Path and query are copied as received. Stateless. */
final class RedirectLocation {
    private RedirectLocation() {}

    static String of(RedirectConfiguration redirect, Exchange exchange) {
        @Nullable HttpListener listener = redirect.targetListener();
        return listener == null ? ofUrl(redirect, exchange.clientRequest()) : ofListener(redirect, listener, exchange);
    }

    private static String ofListener(RedirectConfiguration redirect, HttpListener listener, Exchange exchange) {
        HttpServletRequest request = exchange.clientRequest();
        StringBuilder location = new StringBuilder(listener.protocol().scheme()).append("://");
        location.append(listener.hostNames().size() == 1 ? listener.hostNames().get(0) : exchange.host());
        int port = listener.frontendPort().port();
        if (port != listener.protocol().defaultPort()) {
            location.append(':').append(port);
        }
        location.append(redirect.includePath() ? request.getRequestURI() : "/");
        appendQuery(location, redirect, request);
        return location.toString();
    }

    private static String ofUrl(RedirectConfiguration redirect, HttpServletRequest request) {
        String url = Objects.requireNonNull(redirect.targetUrl());
        int hash = url.indexOf('#');
        int question = url.indexOf('?');
        int pathEnd = question >= 0 ? question : hash >= 0 ? hash : url.length();
        int queryEnd = hash >= 0 ? hash : url.length();
        StringBuilder location = new StringBuilder(url).delete(pathEnd, url.length());
        if (redirect.includePath()) {
            appendPath(location, request.getRequestURI());
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

    private static void appendQuery(
            StringBuilder location, RedirectConfiguration redirect, HttpServletRequest request) {
        @Nullable String query = request.getQueryString();
        if (redirect.includeQueryString() && query != null) {
            location.append(location.indexOf("?") < 0 ? '?' : '&').append(query);
        }
    }
}
