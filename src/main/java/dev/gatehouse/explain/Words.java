package dev.gatehouse.explain;

import dev.gatehouse.model.LayerFour;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Names of records and their parts as an operator would say them. Stateless. */
final class Words {
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("BackendAddressPool", "pool"),
            Map.entry("BackendHttpSettings", "settings"),
            Map.entry("RedirectConfiguration", "redirect"),
            Map.entry("SslCertificate", "certificate"),
            Map.entry("TrustedRootCertificate", "trusted root"),
            Map.entry("TrustedClientCertificate", "client CA"),
            Map.entry("RewriteRuleSet", "rewrite set"),
            Map.entry("EntraJwtValidationConfig", "token check"),
            Map.entry("RoutingConditionSet", "routing conditions"),
            Map.entry("SslProfile", "TLS profile"));

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
            Map.entry("global configuration enable request buffering", "request buffering"),
            Map.entry("global configuration enable response buffering", "response buffering"),
            Map.entry("global configuration disable default server header in response", "server header left out"),
            Map.entry("ssl policy policy name", "TLS policy"),
            Map.entry("ssl policy type", "type of TLS policy"),
            Map.entry("ssl policy min protocol version", "lowest TLS version"),
            Map.entry("ssl policy cipher suites", "cipher suites"),
            Map.entry("ssl policy disabled ssl protocols", "disabled TLS versions"),
            Map.entry("trusted client certificates", "client CAs"),
            Map.entry("client authentication mode", "check of client certificates"),
            Map.entry("client authentication verify client cert issuer dn", "check of the client CA's name"),
            Map.entry("client authentication verify client revocation", "revocation check of client certificates"),
            Map.entry("frontend port port", "port"),
            Map.entry("ssl profile", "TLS profile"),
            Map.entry("rewrite rule set", "rewrite set"),
            Map.entry("default rewrite rule set", "default rewrite set"),
            Map.entry("entra jwt validation config", "token check"),
            Map.entry("denies unauthorized", "unauthorized requests denied"),
            Map.entry("tls authentication certificates", "authentication certificates"),
            Map.entry("ssl certificate", "certificate"),
            Map.entry("redirect type", "type"),
            Map.entry("target url", "target"),
            Map.entry("target listener", "target"));

    private static final String GATEWAY_POLICY = "tls ssl policy ";

    private Words() {}

    static String kind(Class<?> type) {
        String name = type.getSimpleName();
        String word = KINDS.getOrDefault(name, spaced(name));
        return type.getEnclosingClass() == LayerFour.class ? "layer-4 " + word : word;
    }

    static String property(String path) {
        String own = path.startsWith(GATEWAY_POLICY) ? path.substring("tls ".length()) : path;
        return PROPERTIES.getOrDefault(own, own);
    }

    /** One of several, by name: {@code rules} becomes {@code rule "x"}. */
    static String element(String path, String name) {
        String one = path.endsWith("s") ? path.substring(0, path.length() - 1) : path;
        return one + " " + quoted(name);
    }

    static String constant(Enum<?> constant) {
        String name = constant.name().replace('_', ' ');
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
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
