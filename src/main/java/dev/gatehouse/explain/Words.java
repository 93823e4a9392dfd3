package dev.gatehouse.explain;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Names of records and their parts as an operator would say them. Stateless. */
final class Words {
    private static final Map<String, String> KINDS = Map.of(
            "BackendAddressPool", "pool",
            "BackendHttpSettings", "settings",
            "RedirectConfiguration", "redirect",
            "SslCertificate", "certificate",
            "TrustedRootCertificate", "trusted root");

    /** Where the words of the parts alone would be clumsy. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("timing interval", "interval"),
            Map.entry("timing timeout", "timeout"),
            Map.entry("timing unhealthy threshold", "unhealthy threshold"),
            Map.entry("host override host name", "host name"),
            Map.entry("host override pick from backend address", "host name from the member's address"),
            Map.entry("affinity enabled", "cookie affinity"),
            Map.entry("affinity cookie name", "affinity cookie name"),
            Map.entry("draining enabled", "connection draining"),
            Map.entry("draining timeout", "drain timeout"),
            Map.entry("tls trusted root certificates", "trusted roots"),
            Map.entry("tls validate cert chain and expiry", "check of chain and expiry"),
            Map.entry("tls validate sni", "check of the server name"),
            Map.entry("tls sni name", "server name"),
            Map.entry("is v1", "v1 semantics"),
            Map.entry("enable http2", "HTTP/2"),
            Map.entry("ssl certificate", "certificate"),
            Map.entry("redirect type", "type"),
            Map.entry("target url", "target"),
            Map.entry("target listener", "target"));

    private Words() {}

    static String kind(Class<?> type) {
        String name = type.getSimpleName();
        return KINDS.getOrDefault(name, spaced(name));
    }

    static String property(String path) {
        return PROPERTIES.getOrDefault(path, path);
    }

    /** {@code requestTimeout} becomes {@code request timeout}. */
    static String spaced(String name) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isStart = Character.isUpperCase(c) && i > 0 && !Character.isUpperCase(name.charAt(i - 1));
            words.append(isStart ? " " : "").append(c);
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }

    static String duration(Duration duration) {
        boolean isWhole = duration.toMillis() % 1000 == 0;
        return isWhole ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }
}
