package dev.gatehouse.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LoadDistributionPolicy;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    private static final FrontendIpConfiguration PUBLIC = new FrontendIpConfiguration("public", null);
    private static final BackendHttpSettings SETTINGS = new BackendHttpSettings(
            "settings",
            80,
            Protocol.HTTP,
            BackendHttpSettings.DEFAULT_REQUEST_TIMEOUT,
            null,
            HostOverride.NONE,
            null,
            CookieAffinity.OFF,
            ConnectionDraining.DEFAULT,
            BackendTlsRules.DEFAULT,
            false);

    @ParameterizedTest
    @CsvSource({
        "/images/x, images",
        "/IMAGES/x, images",
        "/images/, images",
        "/images, default",
        "/video, video",
        "/video/, default",
        "/videos2, videos",
        "/api/v1/users, api",
        "/api/v1/admin/x, api",
        "/, default",
    })
    void pathRulesMatchInArrayOrderWithoutCase(String path, String pool) { // REQ-20, REQ-21
        RouteTable table = table(false, pathRule());
        assertThat(poolOf(table, "any.example", path)).isEqualTo(pool);
    }

    private static RequestRoutingRule pathRule() {
        UrlPathMap map = new UrlPathMap(
                "map",
                to("default"),
                List.of(
                        new PathRule("images", List.of("/images/*"), to("images")),
                        new PathRule("video", List.of("/video"), to("video")),
                        new PathRule("videos", List.of("/videos*"), to("videos")),
                        new PathRule("api", List.of("/api/*", "/api/v1/*"), to("api")),
                        new PathRule("admin", List.of("/api/v1/admin/*"), to("admin"))));
        return new RequestRoutingRule("paths", null, listener("basic"), null, map);
    }

    @Test
    void theTrieAgreesWithAPlainScanOfThePatterns() { // REQ-21, whatever the patterns
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            List<String> patterns = IntStream.range(0, 8)
                    .mapToObj(i -> "/" + letters(random) + (random.nextBoolean() ? "*" : ""))
                    .toList();
            PathTrie trie = new PathTrie();
            patterns.forEach(trie::add);
            for (int i = 0; i < 20; i++) {
                String path = "/" + letters(random);
                assertThat(trie.find(path)).as("%s in %s", path, patterns).isEqualTo(scan(patterns, path));
            }
        }
    }

    private static String letters(Random random) {
        return random.ints(random.nextInt(4), 0, 3)
                .collect(StringBuilder::new, (s, c) -> s.append("aB/".charAt(c)), StringBuilder::append)
                .toString();
    }

    private static int scan(List<String> patterns, String path) {
        for (int i = 0; i < patterns.size(); i++) {
            String pattern = patterns.get(i);
            boolean fits = pattern.endsWith("*")
                    ? path.regionMatches(true, 0, pattern, 0, pattern.length() - 1)
                    : path.equalsIgnoreCase(pattern);
            if (fits) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void withoutPrioritiesExactNamesComeBeforeWildcardsAndThoseBeforeBasic() { // REQ-11, v2
        RouteTable table = table(
                false,
                rule("basic", null),
                rule("wide", null, "*.contoso.com"),
                rule("narrow", null, "*.shop.contoso.com"),
                rule("exact", null, "a.shop.contoso.com"));
        assertThat(poolOf(table, "a.shop.contoso.com", "/")).isEqualTo("exact");
        assertThat(poolOf(table, "b.shop.contoso.com", "/")).isEqualTo("narrow");
        assertThat(poolOf(table, "b.contoso.com", "/")).isEqualTo("wide");
        assertThat(poolOf(table, "contoso.com", "/")).isEqualTo("basic");
    }

    @Test
    void onV1ArrayOrderAloneDecides() { // REQ-11
        RouteTable table = table(true, rule("basic", null), rule("exact", null, "a.example"));
        assertThat(poolOf(table, "a.example", "/")).isEqualTo("basic");
    }

    @Test
    void aBasicListenerWithABetterPriorityHidesTheOthers() { // REQ-11
        RouteTable table =
                table(false, rule("late", 200, "a.example"), rule("basic", 100), rule("early", 50, "b.example"));
        assertThat(poolOf(table, "a.example", "/")).isEqualTo("basic");
        assertThat(poolOf(table, "b.example", "/")).isEqualTo("early");
    }

    @Test
    void aWildcardWithABetterPriorityBeatsAnExactName() { // REQ-11, REQ-12
        RouteTable table = table(false, rule("exact", 20, "a.example"), rule("wild", 10, "*.example"));
        assertThat(poolOf(table, "a.example", "/")).isEqualTo("wild");
    }

    @ParameterizedTest
    @CsvSource({"1, 20000", "20000, 1"})
    void prioritiesNeverReorderPathRules(int ofMap, int ofOther) { // REQ-12
        RequestRoutingRule paths = new RequestRoutingRule(
                "paths", ofMap, listener("site", "a.example"), null, pathRule().urlPathMap());
        RouteTable table = table(false, rule("other", ofOther, "b.example"), paths);
        assertThat(poolOf(table, "a.example", "/api/v1/admin/x")).isEqualTo("api");
        assertThat(poolOf(table, "a.example", "/videos2")).isEqualTo("videos");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noListenerForHostOrPortIsNoRoute(boolean isV1) { // REQ-13
        RouteTable table = table(isV1, rule("exact", null, "a.example"));
        assertThat(table.match("127.0.0.1", 80, "b.example", "/", RequestFacts.BARE))
                .isEmpty();
        assertThat(table.match("127.0.0.1", 81, "a.example", "/", RequestFacts.BARE))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*.contoso.com, customer1.b2b.contoso.com, true",
        "*.contoso.com, contoso.com, false",
        "????.contoso.com, shop.contoso.com, true",
        "????.contoso.com, shops.contoso.com, false",
        "w??.contoso*.edu.*, www.contoso-x.edu.org, true",
        "*.contoso.*, a.contoso.co.uk, true",
        "*a*a*a*a*b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false",
    })
    void wildcardsFollowAzuresGrammar(String pattern, String host, boolean fits) { // CFG-20
        assertThat(HostPattern.fits(pattern, host)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 10, 20, 30, 40, a.example",
        "true, 40, 30, 20, 10, a.example",
        "true, 40, 30, 20, 10, x.example",
        "true, , , , , b.example",
        "false, , , , , a.example",
        "false, , , , , x.example",
        "false, , , , , elsewhere",
    })
    void traceTellsWhatMatchDoes(
            boolean isV1, Integer any, Integer wide, Integer narrow, Integer exact, String host) { // REQ-11, REQ-12
        RouteTable table = table(
                isV1,
                rule("any", any),
                rule("wide", wide, "*.example"),
                rule("narrow", narrow, "?.example"),
                rule("exact", exact, "a.example", "b.example"));
        RouteTrace trace = table.trace("127.0.0.1", 80, host).orElseThrow();
        Route route = table.match("127.0.0.1", 80, host, "/", RequestFacts.BARE).orElseThrow();
        assertThat(trace.chosen().orElseThrow().rule()).isSameAs(route.rule());
        assertThat(trace.asked()).hasSize(5);
        int chosen = trace.asked().indexOf(trace.chosen().orElseThrow());
        assertThat(trace.asked().subList(0, chosen))
                .allMatch(candidate -> candidate.verdict() == RouteTrace.Verdict.OTHER_HOST);
    }

    @Test
    void traceTellsWhoCameTooLateAndWhoDoesNotFit() { // REQ-11
        RouteTable table =
                table(false, rule("basic", 10), rule("site", 20, "a.example"), rule("other", 30, "b.example"));
        assertThat(table.trace("127.0.0.1", 80, "a.example").orElseThrow().asked())
                .extracting(candidate -> candidate.rule().name() + " " + candidate.verdict())
                .containsExactly("basic CHOSEN", "site LATER", "other OTHER_HOST");
        assertThat(table.trace("127.0.0.1", 81, "a.example")).isEmpty();
    }

    @Test
    void aPairThatSeveralRulesNameIsOneUpstreamPool() { // PRB-1
        Target shared = to("shared");
        RequestRoutingRule one = new RequestRoutingRule("one", null, listener("l1", "a.example"), shared, null);
        RequestRoutingRule two = new RequestRoutingRule("two", null, listener("l2", "b.example"), shared, null);
        RouteTable table = table(false, one, two);
        assertThat(table.forwards()).hasSize(1);
        assertThat(table.match("127.0.0.1", 80, "b.example", "/", RequestFacts.BARE)
                        .orElseThrow()
                        .forwardIndex())
                .isZero();
    }

    private static String poolOf(RouteTable table, String host, String path) {
        Route route =
                table.match("127.0.0.1", 80, host, path, RequestFacts.BARE).orElseThrow();
        return ((Target.Forward) route.target()).pool().name();
    }

    @Test
    void policyServesAndThePoolBesideItDoesNot() { // REQ-36
        BackendAddressPool pool = new BackendAddressPool("beside", List.of());
        BackendAddressPool other = new BackendAddressPool("other", List.of());
        LoadDistributionPolicy policy = new LoadDistributionPolicy(
                "policy",
                LoadDistributionPolicy.Algorithm.ROUND_ROBIN,
                List.of(new LoadDistributionPolicy.WeightedPool(other, 1)));
        Target.Distribute target = new Target.Distribute(policy, SETTINGS, pool);
        RouteTable table = table(
                false,
                new RequestRoutingRule("rule", 1, listener("a", "a.example"), target, null),
                new RequestRoutingRule(
                        "plain", 2, listener("b", "b.example"), new Target.Forward(other, SETTINGS), null));

        assertThat(table.targets()).containsExactly(target, new Target.Forward(other, SETTINGS));
        assertThat(table.forwards()).containsExactly(new Target.Forward(other, SETTINGS)); // one pair for both, PRB-1
        assertThat(table.match("127.0.0.1", 80, "b.example", "/", RequestFacts.BARE)
                        .orElseThrow()
                        .forwardIndex())
                .isEqualTo(1);
    }

    private static RequestRoutingRule rule(String name, @Nullable Integer priority, String... hosts) {
        return new RequestRoutingRule(name, priority, listener(name, hosts), to(name), null);
    }

    private static HttpListener listener(String name, String... hosts) {
        return new HttpListener(name, PUBLIC, new FrontendPort("port", 80), Protocol.HTTP, List.of(hosts), null, false);
    }

    private static Target to(String pool) {
        return new Target.Forward(
                new BackendAddressPool(pool, List.of(new BackendAddress("10.0.0.1", null))), SETTINGS);
    }

    private static RouteTable table(boolean isV1, RequestRoutingRule... rules) {
        List<HttpListener> listeners = new ArrayList<>();
        for (RequestRoutingRule rule : rules) {
            listeners.add(rule.httpListener());
        }
        Gateway gateway = new Gateway(
                "gateway", isV1, false, false, List.of(), listeners, List.of(), List.of(SETTINGS), List.of(rules));
        return new RouteTable(new GatewayConfiguration(gateway, LocalSettings.DEFAULT));
    }
}
