package dev.gatehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.GatewayExport;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.testkit.Corpus;
import dev.gatehouse.testkit.CpuTime;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code diff} (product.md 2): what changes for clients and backends, and nothing else. */
class GatewayDiffTest {
    private static final int POOLS = 2000;
    private static final String R3 = "\"priority\": 30";
    private static final String WEB = "pool \"web\" (settings \"plain\")";
    private static final String REGIONS = WEB + ", rewrite set \"mark\", token check \"staff\"";
    private static final String API = "pool \"api\" (settings \"tls\")";

    private static final String KEY = "\"data\": \"" + Shop.key("site.pfx") + "\", \"password\": \"";
    private static final String FIRST = "{ \"name\": \"api\", \"paths\": [ \"/api/*\", \"/rest/*\" ],"
            + " \"backendAddressPool\": \"api\", \"backendHttpSettings\": \"tls\" }";
    private static final String SECOND = "{ \"name\": \"apiStatic\", \"paths\": [ \"/api/static/*\" ],"
            + " \"backendAddressPool\": \"web\", \"backendHttpSettings\": \"plain\" }";

    static final List<Arguments> CHANGES = List.of(
            change(List.of("\"interval\": 30", "\"interval\": 5"), "probe \"alive\": interval 30 s -> 5 s"),
            change(
                    List.of("\"requestTimeout\": 20", "\"requestTimeout\": 60"),
                    "settings \"plain\": request timeout 20 s -> 60 s"),
            change(
                    List.of(
                            "\"statusCodes\": [ \"200-202\", \"204\" ]",
                            "\"statusCodes\": [ \"200-299\" ], \"body\": \"ok\""),
                    "probe \"alive\": match body \"\" -> ok",
                    "probe \"alive\": match status codes 200-202, 204 -> 200-299"),
            change(
                    List.of("\"ipAddress\": \"10.0.0.4\"", "\"ipAddress\": \"10.0.0.6\""),
                    "pool \"web\": member 10.0.0.4 is gone",
                    "pool \"web\": member 10.0.0.6 is new"),
            change(List.of("\"enableHttp2\": true", "\"enableHttp2\": false"), "gateway: HTTP/2 true -> false"),
            change(
                    List.of("\"redirectType\": \"Found\"", "\"redirectType\": \"SeeOther\""),
                    "redirect \"away\": type 302 (Found) -> 303 (SeeOther)"),
            change(
                    List.of(Shop.key("site.pfx"), Shop.key("other.pfx")),
                    "certificate \"site\": fingerprint SHA-256 2a50f1a497c88726... -> SHA-256 01b8ec3d20d2777b..."),
            change(
                    List.of(
                            "\"name\": \"pinned\", \"data\": \"" + Shop.key("root-2.cer"),
                            "\"name\": \"pinned\", \"data\": \"" + Shop.key("root-1.cer")),
                    "authentication certificate \"pinned\": data SHA-256 be7d72a6e75d4abb... -> SHA-256 6d9be0f4b2a7ed92..."),
            change(
                    List.of("AppGwSslPolicy20170401", "AppGwSslPolicy20220101"),
                    "gateway: TLS policy AppGwSslPolicy20170401 -> AppGwSslPolicy20220101"),
            change(
                    List.of("\"TLSv1_0\", \"TLSv1_1\"", "\"TLSv1_0\""),
                    "gateway: disabled TLS versions TLSv1_0, TLSv1_1 -> TLSv1_0"),
            change(
                    List.of(
                            "\"minProtocolVersion\": \"TLSv1_2\"",
                            "\"minProtocolVersion\": \"TLSv1_3\"",
                            "{ \"id\": \"people\" }, ",
                            ""),
                    "client CA \"people\" is gone",
                    "TLS profile \"members\": client CAs \"people\", \"robots\" -> \"robots\"",
                    "TLS profile \"members\": lowest TLS version TLSv1_2 -> TLSv1_3"),
            change(
                    List.of(", \"sslProfile\": \"members\", \"customError", ", \"customError"),
                    "listener shop.example:443: TLS profile \"members\" -> none",
                    "listener www.shop.example:443: TLS profile \"members\" -> none"),
            change(
                    List.of("https://pages.example/502.html", "https://pages.example/broken.html"),
                    "gateway: error page 502 https://pages.example/502.html -> https://pages.example/broken.html"),
            change(
                    List.of("HttpStatus503", "HttpStatus500"),
                    "listener shop.example:443: error page 500 none -> src/test/resources/explain/busy.html",
                    "listener shop.example:443: error page 503 src/test/resources/explain/busy.html -> none",
                    "listener www.shop.example:443: error page 500 none -> src/test/resources/explain/busy.html",
                    "listener www.shop.example:443: error page 503 src/test/resources/explain/busy.html -> none"),
            change(
                    List.of("\"weightPerServer\": 3", "\"weightPerServer\": 2"),
                    "load distribution policy \"split\": targets \"api\" weight 1, \"web\" weight 3 -> \"api\" weight 1, \"web\" weight 2"),
            change(
                    List.of("\"headerValue\": \"{var_client_ip}\"", "\"headerValue\": \"\""),
                    "rewrite set \"polish\": rule \"move\" request headers X-Client: {var_client_ip}, X-Old: {var_uri_path_1} -> X-Client deleted, X-Old: {var_uri_path_1}"),
            change(
                    List.of(
                            "\"modifiedPath\": \"/new/",
                            "\"modifiedPath\": \"/newer/",
                            "\"pattern\": \"json\", \"negate\": true",
                            "\"pattern\": \"json\""),
                    "rewrite set \"polish\": rule \"move\" conditions var_uri_path matches ^/old/(.+) in any case, http_req_Accept does not match json -> var_uri_path matches ^/old/(.+) in any case, http_req_Accept matches json",
                    "rewrite set \"polish\": rule \"move\" url modified path /new/{var_uri_path_1} -> /newer/{var_uri_path_1}"),
            // REQ-28: rules run by their sequence.
            change(
                    List.of("\"ruleSequence\": 10", "\"ruleSequence\": 30"),
                    "rewrite set \"polish\": rules hide, move -> move, hide"),
            change(
                    List.of(
                            "\"rewriteRuleSet\": \"mark\", \"entraJWTValidationConfig\": \"staff\"",
                            "\"rewriteRuleSet\": \"polish\""),
                    "*.shop.example:443/* now goes to pool \"web\" (settings \"plain\"), rewrite set \"polish\" instead of pool \"web\" (settings \"plain\"), rewrite set \"mark\", token check \"staff\""),
            change(
                    List.of("\"loadDistributionPolicy\": \"split\", ", ""),
                    "shop.example:443/split/* now goes to pool \"web\" (settings \"plain\"), rewrite set \"polish\" instead of load distribution policy \"split\" (settings \"plain\"), rewrite set \"polish\"",
                    "www.shop.example:443/split/* now goes to pool \"web\" (settings \"plain\"), rewrite set \"polish\" instead of load distribution policy \"split\" (settings \"plain\"), rewrite set \"polish\""),
            change(
                    List.of("\"defaultRewriteRuleSet\": \"mark\", \"pathRules\"", "\"pathRules\""),
                    "shop.example:443/* (other paths) now goes to pool \"web\" (settings \"plain\") instead of pool \"web\" (settings \"plain\"), rewrite set \"mark\"",
                    "www.shop.example:443/* (other paths) now goes to pool \"web\" (settings \"plain\") instead of pool \"web\" (settings \"plain\"), rewrite set \"mark\""),
            change(
                    List.of("\"beta\", \"canary\"", "\"beta\"", "\"priority\": 9", "\"priority\": 2"),
                    "routing conditions \"beta\": conditions Header X-Ring is beta or canary, Path matches ^/b/ in any case -> Header X-Ring is beta, Path matches ^/b/ in any case",
                    "advanced routing map \"rings\": rules first, second -> second, first"),
            change(
                    List.of("\"port\": 5672", "\"port\": 5673", "\"port\": 5671", "\"port\": 5670"),
                    "layer-4 listener \"queue\": port 5671 -> 5670",
                    "layer-4 backend settings \"queue\": port 5672 -> 5673"),
            change(
                    List.of("\"sslCertificate\": \"site\"", "\"sslCertificate\": \"vault\""),
                    "listener shop.example:443: certificate \"site\" -> \"vault\"",
                    "listener www.shop.example:443: certificate \"site\" -> \"vault\"",
                    "layer-4 listener \"queue\": certificate \"site\" -> \"vault\""),
            change(
                    List.of("\"port\": 80 }", "\"port\": 8080 }"),
                    "listener *:80 is gone; its WebSocket sessions will drain",
                    "listener *:8080 is new",
                    "*:8080/* now goes to redirect \"away\"",
                    "redirect \"up\": target *:80 -> *:8080"),
            change(
                    List.of("\"www.shop.example\", \"shop.example\"", "\"shop.example\""),
                    "listener www.shop.example:443 is gone; its WebSocket sessions will drain",
                    "www.shop.example:443/api/* now goes to " + REGIONS + " instead of " + API
                            + ", matched part /api/*",
                    "www.shop.example:443/api/static/* now goes to " + REGIONS + " instead of " + API
                            + ", matched part /api/*",
                    "www.shop.example:443/rest/* now goes to " + REGIONS + " instead of " + API
                            + ", matched part /rest/*",
                    "www.shop.example:443/split/* now goes to " + REGIONS
                            + " instead of load distribution policy \"split\" (settings \"plain\"), rewrite set \"polish\"",
                    "www.shop.example:443/* (other paths) now goes to " + REGIONS + " instead of " + WEB
                            + ", rewrite set \"mark\""),
            change(
                    List.of(
                            "\"protocol\": \"Https\", \"hostNames\": [ \"*.shop",
                            "\"protocol\": \"Https\", \"requireServerNameIndication\": true, \"hostNames\": [ \"*.shop"),
                    "listener *.shop.example:443: require server name indication false -> true"),
            // One pattern of a path rule moved to another one.
            change(
                    List.of(
                            "\"/api/*\", \"/rest/*\"",
                            "\"/api/*\"",
                            "\"/api/static/*\"",
                            "\"/api/static/*\", \"/rest/*\""),
                    "shop.example:443/rest/* now goes to " + WEB + " instead of " + API + ", matched part /rest/*",
                    "www.shop.example:443/rest/* now goes to " + WEB + " instead of " + API + ", matched part /rest/*"),
            // REQ-21: order decides which pattern wins.
            change(
                    List.of(FIRST + ", " + SECOND, SECOND + ", " + FIRST),
                    "shop.example:443/api/static/* now goes to " + WEB + " instead of " + API + ", matched part /api/*",
                    "www.shop.example:443/api/static/* now goes to " + WEB + " instead of " + API
                            + ", matched part /api/*"),
            // REQ-11: only hosts that both wildcards take notice which of them is asked first.
            change(
                    List.of(R3, "\"priority\": 50"),
                    "admin.shop.example:443/* now goes to pool \"api\" (settings \"plain\") instead of " + REGIONS),
            change(
                    List.of(
                            "\"name\": \"r4\", \"priority\": 40, \"httpListener\": \"admins\", \"backendAddressPool\": \"api\"",
                            "\"name\": \"r4\", \"priority\": 40, \"httpListener\": \"admins\", \"backendAddressPool\": \"empty\""),
                    "admin.*.example:443/* now goes to pool \"empty\" (settings \"plain\") instead of pool \"api\" (settings \"plain\")"));

    /** Nothing that a client or a backend could notice. */
    static final List<Arguments> RENAMINGS = List.of(
            change(List.of("\"web\"", "\"site-pool\"")),
            change(List.of("\"alive\"", "\"probe-1\"", "\"tls\"", "\"settings-1\"", "\"api\"", "\"API-2\"")),
            change(List.of("\"web\"", "\"WEB\"")),
            change(List.of(
                    "\"r1\"", "\"rule-1\"", "\"map\"", "\"paths\"", "\"front\"", "\"public\"", "\"p80\"", "\"http\"")),
            change(List.of("\"regions\"", "\"renamed\"", "\"away\"", "\"gone\"", "\"root\"", "\"ca\"")),
            change(List.of("\"name\": \"shop\"", "\"name\": \"other\"")),
            // The public half alone, as an export has it, no half at all, and another wrapping.
            change(List.of(KEY + "secret1\"", "\"publicCertData\": \"" + Shop.key("site.p7b") + "\"")),
            change(List.of(KEY + "secret1\"", "\"keyVaultSecretId\": \"\"")),
            change(List.of(
                    KEY + "secret1\"", "\"data\": \"" + Shop.key("site-again.pfx") + "\", \"password\": \"secret2\"")),
            change(List.of("\"polish\"", "\"p\"", "\"hide\"", "\"h\"", "\"members\"", "\"m\"", "\"split\"", "\"s\"")),
            change(List.of(
                    "\"staff\"",
                    "\"t\"",
                    "\"beta\",",
                    "\"beta\",",
                    "\"rings\"",
                    "\"r\"",
                    "\"first\"",
                    "\"f\"",
                    "\"queue\"",
                    "\"q\"",
                    "\"knock\"",
                    "\"k\"")),
            change(List.of("\"people\"", "\"p\"", "\"pinned\"", "\"a\"")),
            change(List.of("\"ruleSequence\": 20", "\"ruleSequence\": 30", "\"priority\": 9", "\"priority\": 8")),
            change(List.of("\"priority\": 10", "\"priority\": 15", "\"priority\": 20", "\"priority\": 25")),
            // The second rule of a host that the first one already takes wholly.
            change(List.of(
                    "\"paths\": [ \"/api/static/*\" ]", "\"paths\": [ \"/api/static/*\", \"/api/static/img/*\" ]")));

    private static Arguments change(List<String> edits, String... lines) {
        return Arguments.of(edits, List.of(lines));
    }

    @ParameterizedTest
    @FieldSource("CHANGES")
    void changeIsToldInLines(List<String> edits, List<String> lines) {
        GatewayConfiguration edited = Shop.edited(edits.toArray(String[]::new));

        assertThat(texts(Shop.configuration(), edited)).containsExactlyElementsOf(lines);
        assertThat(GatewayDiff.between(edited, Shop.configuration())).isNotEmpty();
    }

    @ParameterizedTest
    @FieldSource("RENAMINGS")
    void whatNobodyCanNoticeIsNoDifference(List<String> edits, List<String> lines) {
        GatewayConfiguration edited = Shop.edited(edits.toArray(String[]::new));

        assertThat(texts(Shop.configuration(), edited)).isEqualTo(lines);
        assertThat(texts(edited, Shop.configuration())).isEqualTo(lines);
    }

    @Test
    void renamedAndChangedIsGoneAndNew() {
        GatewayConfiguration edited = Shop.edited("\"api\"", "\"api2\"", "10.0.0.5", "10.0.0.7");

        assertThat(texts(Shop.configuration(), edited))
                .contains("pool \"api\" is gone", "pool \"api2\" is new")
                .anyMatch(line -> line.startsWith("shop.example:443/api/* now goes to pool \"api2\""));
    }

    @Test
    void twoThousandRenamedPoolsAreFoundInGoodTime() {
        GatewayConfiguration before = Shop.load(pools("old", "a"));
        GatewayConfiguration renamed = Shop.load(pools("new", "a"));
        GatewayConfiguration other = Shop.load(pools("new", "b"));

        long start = CpuTime.nanos();
        assertThat(texts(before, renamed)).isEmpty();
        // Every pool is gone, and a new one and a route are there for it; all other paths have one more.
        assertThat(texts(before, other)).hasSize(3 * POOLS + 1);
        assertThat(CpuTime.nanos() - start)
                .as("nanoseconds")
                .isLessThan(Duration.ofSeconds(2).toNanos());
    }

    private static String pools(String pool, String host) {
        return """
                { "name": "g", "properties": { "frontendIPConfigurations": [ { "name": "f" } ],
                  "frontendPorts": [ { "name": "p", "port": 8080 } ],
                  "backendHttpSettingsCollection": [ { "name": "s", "port": 80, "protocol": "Http" } ],
                  "backendAddressPools": [ %s ],
                  "urlPathMaps": [ { "name": "m", "defaultBackendAddressPool": "%s0", "defaultBackendHttpSettings": "s",
                    "pathRules": [ %s ] } ],
                  "httpListeners": [ { "name": "l", "protocol": "Http", "frontendIPConfiguration": "f",
                    "frontendPort": "p" } ],
                  "requestRoutingRules": [ { "name": "r", "priority": 1, "ruleType": "PathBasedRouting",
                    "httpListener": "l", "urlPathMap": "m" } ] } }
                """.formatted(
                each("{ 'name': '" + pool + "#', 'backendAddresses': [ { 'fqdn': '" + host + "#.example' } ] }"),
                pool,
                each("{ 'name': 'r#', 'paths': [ '/#/*' ], 'backendAddressPool': '" + pool
                        + "#', 'backendHttpSettings': 's' }"));
    }

    private static String each(String element) {
        return IntStream.range(0, POOLS)
                .mapToObj(i -> element.replace("#", Integer.toString(i)).replace('\'', '"'))
                .collect(Collectors.joining(", "));
    }

    /** REQ-28: array order on ties. */
    @Test
    void rewriteRulesOfEqualSequenceRunInTheOrderOfTheFile() {
        String tied = Shop.text("\"ruleSequence\": 10", "\"ruleSequence\": 20");
        int hide = tied.indexOf("{ \"name\": \"hide\"");
        int move = tied.indexOf(", { \"name\": \"move\"");
        int end = tied.indexOf(" ] }, { \"name\": \"mark\"");
        String swapped = tied.substring(0, hide)
                + tied.substring(move + 2, end)
                + ", "
                + tied.substring(hide, move)
                + tied.substring(end);

        assertThat(texts(Shop.configuration(), Shop.load(tied))).isEmpty();
        assertThat(texts(Shop.load(tied), Shop.load(swapped)))
                .containsExactly("rewrite set \"polish\": rules hide, move -> move, hide");
    }

    @Test
    void secretsAreNeverShown() {
        GatewayConfiguration edited = Shop.edited(
                Shop.key("site.pfx"),
                Shop.key("site-again.pfx"),
                "secret1",
                "secret2",
                Shop.key("root-1.cer"),
                Shop.key("root-2.cer"));

        assertThat(GatewayDiff.between(Shop.configuration(), edited).toString())
                .contains("SHA-256")
                .doesNotContain("secret1", "secret2")
                .doesNotContain(
                        Shop.key("root-1.cer"),
                        Shop.key("root-2.cer"),
                        Shop.key("site.pfx"),
                        Shop.key("site-again.pfx"));
    }

    static Stream<String> corpus() throws IOException {
        return Corpus.loadable().stream();
    }

    /** Across shapes: whatever the file, its export does the same. */
    @ParameterizedTest
    @MethodSource("corpus")
    void fileAndItsExportDoNotDiffer(String file) throws IOException {
        LoadResult loaded = Corpus.load(file);
        StringWriter export = new StringWriter();
        GatewayExport.of(loaded).writeJson(export);

        assertThat(texts(loaded.configuration().orElseThrow(), Shop.load(export.toString())))
                .isEmpty();
    }

    private static List<String> texts(GatewayConfiguration before, GatewayConfiguration after) {
        return GatewayDiff.between(before, after).stream().map(Difference::text).toList();
    }
}
