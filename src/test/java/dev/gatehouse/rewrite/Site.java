package dev.gatehouse.rewrite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.exchange.BackendHead;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.HeaderFields;
import dev.gatehouse.exchange.HeaderSink;
import dev.gatehouse.exchange.RequestRewrites.Outcome;
import dev.gatehouse.exchange.ResponseRewrite;
import dev.gatehouse.exchange.Routing;
import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.routing.RouteTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A gateway read from a file like any other: ports 80 and 443, one host, the rewrite rules of a test in a set on a Basic
 * rule, or several sets on a path map.
 */
final class Site {
    private static final String FRAME = """
            { "sku": { "tier": "Standard_v2" },
              "frontendIPConfigurations": [ { "name": "fe" } ],
              "frontendPorts": [ { "name": "p80", "port": 80 }, { "name": "p443", "port": 443 } ],
              "sslCertificates": [ { "name": "site" } ],
              "trustedClientCertificates": [ { "name": "ca" } ],
              "sslProfiles": [ { "name": "strict", "trustedClientCertificates": [ "ca" ] } ],
              "backendAddressPools": [ { "name": "pool", "backendAddresses": [ { "fqdn": "a.example" } ] },
                { "name": "other", "backendAddresses": [ { "fqdn": "b.example" } ] } ],
              "backendHttpSettingsCollection": [ { "name": "s", "port": 80 },
                { "name": "over", "port": 80, "path": "/over/" } ],
              "redirectConfigurations": [ { "name": "away", "redirectType": "Found",
                "targetUrl": "https://away.example/", "includePath": true, "includeQueryString": true } ],
              "httpListeners": [
                { "name": "plain", "frontendIPConfiguration": "fe", "frontendPort": "p80" },
                { "name": "secure", "frontendIPConfiguration": "fe", "frontendPort": "p443", "protocol": "Https",
                  "sslCertificate": "site", "sslProfile": "strict" } ],
              "rewriteRuleSets": [ %s ],
              "urlPathMaps": [ %s ],
              "requestRoutingRules": [
                { "name": "r80", "priority": 1, "httpListener": "plain", %s },
                { "name": "r443", "priority": 2, "httpListener": "secure", %s } ] }
            """;
    private static final String LOCAL = """
            { "listen": { "ports": { "80": 8000, "443": 8443 } }, "certificates": { "*": { "selfSigned": true } } }
            """;

    private final RouteTable routes;
    private final RewriteSets sets;

    private Site(String json) {
        LoadResult loaded = new ConfigurationReader()
                .load(
                        new Source("gateway.json", json.getBytes(UTF_8)),
                        Optional.of(new Source("gatehouse.local.json", LOCAL.getBytes(UTF_8))),
                        Path.of(""));
        assertThat(loaded.configuration()).as(loaded.problems().toString()).isPresent();
        GatewayConfiguration configuration = loaded.configuration().orElseThrow();
        routes = new RouteTable(configuration);
        sets = new RewriteSets(configuration, routes);
    }

    /** The rules on a Basic rule. */
    static Site of(String... rules) {
        String target = "\"backendAddressPool\": \"pool\", \"backendHttpSettings\": \"s\", \"rewriteRuleSet\": \"set\"";
        return new Site(String.format(FRAME, set("set", rules), "", target, target));
    }

    /** One request header that takes a value. */
    static Site setting(String header, String value) {
        return of(rule("r", "", request(header, value)));
    }

    /** Sets of the given JSON on a path map whose members follow its name. */
    static Site mapped(String sets, String map) {
        String target = "\"ruleType\": \"PathBasedRouting\", \"urlPathMap\": \"map\"";
        return new Site(String.format(FRAME, sets, "{ \"name\": \"map\", " + map + " }", target, target));
    }

    static String set(String name, String... rules) {
        return "{ \"name\": \"" + name + "\", \"rewriteRules\": [ " + String.join(", ", rules) + " ] }";
    }

    /** A rule of conditions and actions, both as JSON members. */
    static String rule(String name, String conditions, String... actions) {
        return "{ \"name\": \"" + name + "\", \"conditions\": [ " + conditions + " ], \"actionSet\": { "
                + String.join(", ", actions) + " } }";
    }

    static String when(String variable, String pattern, String... more) {
        return "{ \"variable\": \"" + variable + "\", \"pattern\": " + quoted(pattern) + String.join("", more) + " }";
    }

    /** Request headers: names and values by turns. */
    static String request(String... namesAndValues) {
        return "\"requestHeaderConfigurations\": [ " + headers(namesAndValues) + " ]";
    }

    /** Response headers: names and values by turns. */
    static String response(String... namesAndValues) {
        return "\"responseHeaderConfigurations\": [ " + headers(namesAndValues) + " ]";
    }

    static String matched(String name, String value, String pattern, String... more) {
        return "\"responseHeaderConfigurations\": [ { \"headerName\": \"" + name + "\", \"headerValue\": "
                + quoted(value) + ", \"headerValueMatcher\": { \"pattern\": " + quoted(pattern)
                + String.join("", more) + " } } ]";
    }

    static String url(String members) {
        return "\"urlConfiguration\": { " + members + " }";
    }

    private static String headers(String... namesAndValues) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.add("{ \"headerName\": \"" + namesAndValues[i] + "\", \"headerValue\": " + quoted(namesAndValues[i + 1])
                    + " }");
        }
        return String.join(", ", all);
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    Routed routed(Asked request) {
        return (Routed) Routing.of(request, routes);
    }

    Outcome apply(Asked request) {
        return sets.apply(routed(request), "id");
    }

    RewriteTrace trace(Asked request) {
        return sets.trace(routed(request), "id");
    }

    ExchangeFailure failure(Asked request) {
        return ((Outcome.Failed) apply(request)).failure();
    }

    /** What the backend gets. */
    Routed sent(Asked request) {
        return ((Outcome.Rewritten) apply(request)).routed();
    }

    /** All values of a request header, joined with a bar; of Host the one that was set, or nothing. */
    String sent(Asked request, String header) {
        Routed routed = sent(request);
        if (header.equals("Host")) {
            return routed.rewritten() == null ? "" : host(routed);
        }
        HeaderFields fields = new HeaderFields();
        if (routed.rewritten() == null) {
            BackendHead.writeFields(routed, "id", fields);
        } else {
            routed.rewritten().fields().writeTo(fields);
        }
        return String.join("|", fields.all(header));
    }

    private static String host(Routed routed) {
        return routed.rewritten().host() == null ? "" : routed.rewritten().host();
    }

    String target(Asked request) {
        return BackendHead.target(sent(request));
    }

    /** What the client gets of an answer, as {@code Name: value} each. */
    List<String> answer(Asked request, int status, String... fields) {
        return answerWithOwn("", request, status, fields);
    }

    /** As above, with a cookie of the gateway's own beside it. */
    List<String> answerWithOwn(String cookie, Asked request, int status, String... fields) {
        ResponseRewrite rewrite = ((Outcome.Rewritten) apply(request)).response();
        HeaderFields head = new HeaderFields();
        for (String field : fields) {
            int colon = field.indexOf(':');
            head.add(field.substring(0, colon), field.substring(colon + 1).strip());
        }
        HeaderFields own = new HeaderFields();
        if (!cookie.isEmpty()) {
            own.add("Set-Cookie", cookie);
        }
        if (rewrite != null) {
            rewrite.apply(status, head, own);
        }
        List<String> all = new ArrayList<>();
        HeaderSink sink = (name, value) -> all.add(name + ": " + value);
        head.writeTo(sink);
        own.writeTo(sink);
        return all;
    }
}
