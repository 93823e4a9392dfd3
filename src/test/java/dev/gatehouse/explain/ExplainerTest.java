package dev.gatehouse.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.explain.Explanation.Reason;
import dev.gatehouse.model.Origin;
import dev.gatehouse.testkit.TestDay;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** product.md section 2: every step names the line that decided it. */
class ExplainerTest {
    private static Explainer explainer;
    private static List<String> gatewayLines;
    private static List<String> localLines;

    @BeforeAll
    static void load() throws IOException {
        Source gateway = resource("gateway.json");
        Source local = resource("gatehouse.local.json");
        gatewayLines = new String(gateway.bytes(), UTF_8).lines().toList();
        localLines = new String(local.bytes(), UTF_8).lines().toList();
        LoadResult loaded = TestDay.reader().load(gateway, Optional.of(local), Path.of(""));
        List<Note> notes = loaded.problems().stream()
                .filter(problem -> problem.severity() == Severity.WARNING)
                .map(problem -> new Note(new Origin(problem.file(), problem.path(), problem.line()), problem.message()))
                .toList();
        explainer = new Explainer(loaded.configuration().orElseThrow(), loaded.origins(), notes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://www.shop.example/images/a | frontendPorts[0].port | port 80 is frontend port \"web\"",
                "http://www.shop.example/images/a | listen.ports.80 | the local file opens it as 127.0.0.1:8000",
                "http://www.shop.example/images/a | httpListeners[1].hostNames[0] | is this name",
                "http://x.shop.example/images/a | httpListeners[1].hostNames[1] | the wildcard \"*.shop.example\"",
                "http://www.shop.example/images/a | requestRoutingRules[1].priority | priority 100: the first",
                "http://www.shop.example/images/a | requestRoutingRules[0].priority | \"rest\" (listener \"everything\", priority 200) would",
                "http://elsewhere.example/ | httpListeners[0].name | it has no host name and so takes any",
                "http://www.shop.example/images/a | urlPathMaps[0].pathRules[1].paths[1] | is \"/images/*\"",
                "http://www.shop.example/images/a | urlPathMaps[0].pathRules[1].backendAddressPool | pool \"images\"",
                "http://www.shop.example/images/a | urlPathMaps[0].pathRules[1].backendHttpSettings | settings \"named\"",
                "http://www.shop.example/images/a | backendHttpSettingsCollection[1].hostName | Host becomes \"img.internal\"",
                "http://www.shop.example/images/a | backendHttpSettingsCollection[1].path | \"/store/\" takes the place",
                "http://www.shop.example/images/a | pools.images[0] | is first in turn",
                "http://elsewhere.example/ | requestRoutingRules[0].backendAddressPool | leads to pool \"web\"",
                "http://elsewhere.example/ | backendAddressPools[0].backendAddresses[0] | one.internal:8080 is first",
                "http://elsewhere.example/ | backendAddressPools[0].backendAddresses[1] | 10.1.0.2:8080 has a later turn",
                "http://elsewhere.example/ | addresses['*.internal'] | the local file has it at 127.0.0.1:9001",
                "http://www.shop.example/ | urlPathMaps[0].name | no path rule of map \"map\" fits \"/\"",
                "http://www.shop.example/ | urlPathMaps[0].defaultRedirectConfiguration | leads to redirect \"toTls\"",
                "http://www.shop.example/ | redirectConfigurations[0].redirectType | Permanent is 301",
                "http://www.shop.example/ | redirectConfigurations[0].targetListener | of listener \"secure\"",
                "http://www.shop.example/ | redirectConfigurations[0] | the path is taken along, for it is not",
                "http://www.shop.example/ | redirectConfigurations[0].includeQueryString | the query is left behind",
                "http://www.shop.example/other/a | urlPathMaps[0].pathRules[0].rewriteRuleSet | set \"set\" runs",
                "http://www.shop.example/other/a | rewriteRuleSets[0].rewriteRules[0].conditions[0] | \"move\": var_uri_path matches ^/other/(a.*): true, it is \"/other/a\"",
                "http://www.shop.example/other/a | rewriteRuleSets[0].rewriteRules[0].conditions[1] | \"move\": http_req_Accept does not match json: true, it is \"\"",
                "http://www.shop.example/other/a | rewriteRuleSets[0].rewriteRules[0].name | applies: request Host: moved.internal; path /moved/{var_uri_path_1}; query x=1",
                "http://www.shop.example/other/b | rewriteRuleSets[0].rewriteRules[0].name | rule \"move\" does not apply",
                "http://www.shop.example/other/b | rewriteRuleSets[0].rewriteRules[4].conditions[0] | http_resp_Server matches .: the answer will tell",
                "http://www.shop.example/other/b | rewriteRuleSets[0].rewriteRules[4].name | is decided when the answer comes: answer's Server deleted",
                "http://www.shop.example/other/b?again | urlPathMaps[0].pathRules[1].paths[1] | the new path fits \"/images/*\" of path rule \"images\"",
                "http://www.shop.example/other/b?again | urlPathMaps[0].pathRules[1].backendAddressPool | pool \"images\"",
                "http://www.shop.example/other/b?away | urlPathMaps[0].name | fits the new path; its default applies",
                "http://www.shop.example/other/b?away | urlPathMaps[0].defaultRedirectConfiguration | leads to redirect \"toTls\"",
                "https://www.shop.example/ | httpListeners[3].sslCertificate | note: the certificate \"site\" has no private key",
                "http://www.shop.example:8000/images/a | frontendPorts[0].port | no listener has frontend port 8000",
                "http://10.0.0.9/ | frontendIPConfigurations[1].name | taken to come in by frontend \"private\"; the port is also open on \"public\"",
            })
    void reasonStandsAtTheElementThatDecided(String url, String path, String text) throws Exception {
        List<Reason> reasons = explain(url).because().stream()
                .filter(reason -> reason.text().contains(text))
                .toList();
        assertThat(reasons).hasSize(1);
        Origin origin = reasons.get(0).origin();
        assertThat(origin).isNotNull();
        assertThat(origin.path()).isEqualTo(path);
        if (!path.endsWith("]")) {
            String member = path.substring(path.lastIndexOf('.') + 1);
            assertThat(lineAt(origin)).contains('"' + member + "\":");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "http://www.shop.example/images/a, httpListeners[1].hostNames[0], www.shop.example",
                "http://x.shop.example/images/a, httpListeners[1].hostNames[1], *.Shop.example",
                "http://x.shop.example/images/a, urlPathMaps[0].pathRules[1].paths[1], /images/*",
                "http://x.shop.example/images/a, pools.images[0], 127.0.0.1:9005",
                "http://elsewhere.example/, backendAddressPools[0].backendAddresses[1], 10.1.0.2",
                "http://elsewhere.example/, addresses['*.internal'], *.internal",
            })
    void entryOfAListHasItsOwnLine(String url, String path, String written) throws Exception {
        List<Origin> origins = explain(url).because().stream()
                .map(Reason::origin)
                .filter(origin -> origin != null && origin.path().equals(path))
                .toList();
        assertThat(origins).hasSize(1);
        assertThat(lineAt(origins.get(0))).contains('"' + written + '"');
    }

    @Test
    void ruleDoesNotCompeteWithItself() throws Exception {
        assertThat(explain("http://www.shop.example/").because())
                .extracting(Reason::text)
                .noneMatch(text -> text.startsWith("rule \"shop\""));
    }

    private static String lineAt(Origin origin) {
        List<String> lines = origin.file().equals("gateway.json") ? gatewayLines : localLines;
        return lines.get(origin.line() - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.shop.example/img/x, shop, 8000, 127.0.0.1",
        "http://10.0.0.9/, inside, 8000, 127.0.0.2",
        "http://127.0.0.2:8000/, inside, 8000, 127.0.0.2",
        "http://elsewhere.example/, everything, 8000, 127.0.0.1",
        "https://elsewhere.example/, secure, 443, 127.0.0.1",
    })
    void urlFindsItsSocket(String url, String listener, int port, String address) throws Exception {
        Explanation explanation = explain(url);
        assertThat(explanation.listener()).isEqualTo(listener);
        assertThat(explanation.socket().port()).isEqualTo(port);
        assertThat(explanation.socket().address()).isEqualTo(address);
    }

    @Test
    void frontendIsTheDescribersChoice() throws Exception {
        assertThat(explain("http://elsewhere.example/", "PRIVATE").listener()).isEqualTo("inside");
        assertThatThrownBy(() -> explain("http://elsewhere.example/", "absent"))
                .isInstanceOf(DescriptionException.class)
                .hasMessageContaining("public, private");
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.shop.example:80/, , TLS fails",
        "http://www.shop.example:443/, 400, plain HTTP sent to an Https port",
        "http://www.shop.example:81/, , on port 81",
    })
    void whatReachesNoFilterIsRefusedToo(String url, Integer status, String text) throws Exception { // REQ-3
        Explanation explanation = explain(url);
        assertThat(explanation.isRouted()).isFalse();
        assertThat(explanation.status()).isEqualTo(status);
        assertThat(explanation.because())
                .last()
                .satisfies(reason -> assertThat(reason.text()).contains(text));
    }

    @Test
    void jsonHasAllPartsAndNullForThoseNotReached() throws Exception {
        StringWriter json = new StringWriter();
        ExplanationJson.write(explain("http://www.shop.example/a?b"), json);
        assertThat(json.toString().replaceAll("\\s+", " ")).startsWith("""
                { "status" : 301, "listener" : "shop", "rule" : "shop", "pathRule" : null, "redirect" : { "status" : 301, \
                "location" : "https://www.shop.example/a" }, "rewrites" : [ ], "pool" : null, "settings" : null, \
                "members" : [ ], "backendRequest" : null, "because" : [ { "path" : "frontendPorts[0].port", "line" : 9, \
                "text" : "port 80 is frontend port \\"web\\"" }, {""").endsWith(" } ] } ");
    }

    @Test
    void jsonHasMembersAndTheBackendsHead() throws Exception {
        StringWriter json = new StringWriter();
        ExplanationJson.write(explain("http://www.shop.example/images/a?b"), json);
        assertThat(json.toString().replaceAll("\\s+", " ")).startsWith("""
                { "status" : null, "listener" : "shop", "rule" : "shop", "pathRule" : "images", "redirect" : null, \
                "rewrites" : [ ], "pool" : "images", "settings" : "named", "members" : [ "127.0.0.1:9005" ], \
                "backendRequest" : { "line" : "GET /store/a?b HTTP/1.1", "headers" : [ [ "Host", "img.internal" ], \
                [ "X-Forwarded-For", "127.0.0.1:50000" ], [ "X-Forwarded-Proto", "http" ], [ "X-Forwarded-Port", "80" ], \
                [ "X-Original-Host", "www.shop.example" ], [ "X-Original-URL", "/images/a?b" ], \
                [ "X-AppGW-Trace-Id", "<trace-id>" ] ] }, "because" : [ {""");
    }

    @Test // REQ-28 to REQ-31
    void jsonHasEveryRewriteRuleAndTheRewrittenHead() throws Exception {
        StringWriter json = new StringWriter();
        ExplanationJson.write(explain("http://www.shop.example/other/a?b"), json);
        assertThat(json.toString().replaceAll("\\s+", " ")).contains("""
                "rewrites" : [ { "rule" : "move", "conditions" : [ { "variable" : "var_uri_path", "value" : "/other/a", \
                "matched" : true }, { "variable" : "http_req_Accept", "value" : "", "matched" : true } ], \
                "applied" : true }, { "rule" : "again", "conditions" : [ { "variable" : "var_query_string", \
                "value" : "b", "matched" : false } ], "applied" : false }""", """
                { "rule" : "hide", "conditions" : [ { "variable" : "http_resp_Server", "value" : null, \
                "matched" : null } ], "applied" : null } ], "pool" : "web\"""", """
                "backendRequest" : { "line" : "GET /moved/a?x=1 HTTP/1.1", "headers" : [ [ "Host", "moved.internal" ]""", """
                "Host stays as a rewrite set it: \\"moved.internal\\"\"""");
    }

    @Test // REQ-32
    void loopOfRewritesIsRefused() throws Exception {
        Explanation explanation = explain("http://www.shop.example/other/b?loop");
        assertThat(explanation.isRouted()).isFalse();
        assertThat(explanation.status()).isEqualTo(500);
        assertThat(explanation.rewrites()).hasSize(50); // five rules, ten rounds
        assertThat(explanation.because())
                .last()
                .satisfies(reason -> assertThat(reason.text()).contains("without end"));
    }

    @Test // REQ-32
    void pathRuleAndHeadAreThoseOfTheNewPath() throws Exception {
        Explanation explanation = explain("http://www.shop.example/other/b?again");
        assertThat(explanation.pathRule()).isEqualTo("images");
        assertThat(explanation.backendRequest().line()).isEqualTo("GET /store/b?again HTTP/1.1");
        assertThat(text("http://www.shop.example/other/b?again")).contains("rewrite\n     set \"set\" runs  (");
    }

    @Test
    void textEndsWithWhatTheBackendOrTheClientGets() throws Exception {
        assertThat(text("http://www.shop.example/images/a"))
                .startsWith("GET http://www.shop.example/images/a\n\n1. socket     127.0.0.1:8000\n")
                .contains("\n2. listener   shop\n", "(gateway.json:21 httpListeners[1].hostNames[0])\n")
                .contains(
                        "\n4. path rule  images\n",
                        "\nThe backend gets:\n\nGET /store/a HTTP/1.1\nHost: img.internal\n");
        assertThat(text("http://www.shop.example/"))
                .endsWith("\nThe client gets 301 and Location: https://www.shop.example/\n");
        assertThat(text("http://www.shop.example/../x")).endsWith("\nThe client gets 400.\n");
        assertThat(text("http://www.shop.example:81/")).endsWith("\nThe client gets no HTTP answer.\n");
    }

    private static String text(String url) throws Exception {
        StringWriter text = new StringWriter();
        ExplanationText.write(explain(url), text);
        return text.toString();
    }

    private static Explanation explain(String url) throws DescriptionException {
        return explain(url, null);
    }

    private static Explanation explain(String url, String frontend) throws DescriptionException {
        return explainer.explain(DescribedRequest.of(
                "GET", url, List.of(), DescribedRequest.DEFAULT_CLIENT, Optional.ofNullable(frontend)));
    }

    private static Source resource(String name) throws IOException {
        try (InputStream in = ExplainerTest.class.getResourceAsStream("/explain/" + name)) {
            return new Source(name, in.readAllBytes());
        }
    }
}
