package dev.gatehouse.rewrite;

import static dev.gatehouse.rewrite.Site.request;
import static dev.gatehouse.rewrite.Site.response;
import static dev.gatehouse.rewrite.Site.rule;
import static dev.gatehouse.rewrite.Site.set;
import static dev.gatehouse.rewrite.Site.url;
import static dev.gatehouse.rewrite.Site.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.model.Target;
import dev.gatehouse.routing.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REQ-28, REQ-32: sets of a path map, and matching it again. */
class RerouteTest {
    private static final String SETS = String.join(
            ", ",
            set(
                    "move",
                    rule(
                            "m",
                            "",
                            request("X-Sets", "{http_req_X-Sets}m"),
                            url("\"modifiedPath\": \"/b/{var_query_string}\", \"reroute\": true"),
                            response("X-M", "1"))),
            set("stay", rule("s", "", request("X-Sets", "{http_req_X-Sets}s"), url("\"modifiedPath\": \"/b/x\""))),
            set("mark", rule("k", "", request("X-Sets", "{http_req_X-Sets}k"), response("X-K", "{var_uri_path}"))),
            set(
                    "leave",
                    rule(
                            "l",
                            "",
                            url("\"modifiedPath\": \"/gone/x\", \"modifiedQueryString\": \"new\", \"reroute\": true"))),
            set("ping", rule("p", "", url("\"modifiedPath\": \"/pong/x\", \"reroute\": true"))),
            set(
                    "pong",
                    rule(
                            "q",
                            when("http_req_Stop", "1", ", \"negate\": true"),
                            url("\"modifiedPath\": \"/ping/x\", \"reroute\": true"))),
            set(
                    "count",
                    rule(
                            "c",
                            when("http_req_N", "^(.*)x$"),
                            request("N", "{http_req_N_1}"),
                            url("\"reroute\": true"))));
    private static final Site SITE = Site.mapped(SETS, """
            "defaultBackendAddressPool": "pool", "defaultBackendHttpSettings": "s", "defaultRewriteRuleSet": "mark",
            "pathRules": [
              { "name": "a", "paths": [ "/a/*" ], "backendAddressPool": "pool", "backendHttpSettings": "s", "rewriteRuleSet": "move" },
              { "name": "b", "paths": [ "/b/*" ], "backendAddressPool": "other", "backendHttpSettings": "over", "rewriteRuleSet": "mark" },
              { "name": "s", "paths": [ "/s/*" ], "backendAddressPool": "pool", "backendHttpSettings": "over", "rewriteRuleSet": "stay" },
              { "name": "l", "paths": [ "/l/*" ], "backendAddressPool": "pool", "backendHttpSettings": "s", "rewriteRuleSet": "leave" },
              { "name": "gone", "paths": [ "/gone/*" ], "redirectConfiguration": "away", "rewriteRuleSet": "mark" },
              { "name": "ping", "paths": [ "/ping/*" ], "backendAddressPool": "pool", "backendHttpSettings": "s", "rewriteRuleSet": "ping" },
              { "name": "pong", "paths": [ "/pong/*" ], "backendAddressPool": "pool", "backendHttpSettings": "s", "rewriteRuleSet": "pong" },
              { "name": "c", "paths": [ "/c/*" ], "backendAddressPool": "pool", "backendHttpSettings": "s", "rewriteRuleSet": "count" },
              { "name": "bare", "paths": [ "/bare/*" ], "backendAddressPool": "pool", "backendHttpSettings": "s" } ]""");

    private static Asked asked(String target, String... more) {
        String[] fields = new String[more.length + 1];
        fields[0] = "Host: a";
        System.arraycopy(more, 0, fields, 1, more.length);
        return Asked.get(target, fields);
    }

    private static String pool(Route route) {
        return ((Target.Forward) route.target()).pool().name();
    }

    @ParameterizedTest // REQ-28
    @CsvSource({"/b/1, k", "/other, k", "/s/1, s", "/bare/1, ''"})
    void setIsThatOfThePathRuleOrOfTheDefault(String path, String sets) {
        assertThat(SITE.sent(asked(path), "X-Sets")).isEqualTo(sets);
    }

    @Test // REQ-32, REQ-33: pool, settings and the set of the new target, whose pattern is taken off the new path
    void newPathIsMatchedAgain() {
        Routed sent = SITE.sent(asked("/a/1?y"));
        assertThat(pool(sent.route())).isEqualTo("other");
        assertThat(sent.route().pathRule().name()).isEqualTo("b");
        assertThat(SITE.sent(asked("/a/1?y"), "X-Sets")).isEqualTo("mk");
        assertThat(SITE.target(asked("/a/1?y"))).isEqualTo("/over/y?y");
        assertThat(SITE.answer(asked("/a/1?y"), 200)).containsExactly("X-M: 1", "X-K: /b/y");
    }

    @Test // REQ-32, REQ-33: without reroute the pool stays that of the original path
    void withoutRerouteThePoolStays() {
        Routed sent = SITE.sent(asked("/s/1"));
        assertThat(pool(sent.route())).isEqualTo("pool");
        assertThat(SITE.target(asked("/s/1"))).isEqualTo("/over/b/x"); // not of pattern /s/*: nothing is taken off
    }

    @Test // REQ-32
    void newPathThatFitsNoRuleGoesToTheDefault() {
        Routed sent = SITE.sent(asked("/a/1?../z"));
        assertThat(sent.route().pathRule()).isNull();
        assertThat(SITE.target(asked("/a/1?../z"))).isEqualTo("/z?../z");
    }

    @Test // REQ-32, REQ-24: the set of a redirect does not run
    void newPathMayLeadToARedirect() {
        Routed sent = SITE.sent(asked("/l/1?q"));
        assertThat(sent.route().target()).isInstanceOf(Target.Redirect.class);
        assertThat(SITE.answer(asked("/l/1?q"), 302)).isEmpty();
    }

    @Test // REQ-32
    void loopEndsInAFailureOfThatRequestOnly() {
        assertThat(SITE.failure(asked("/ping/1"))).isEqualTo(ExchangeFailure.REWRITE_LOOP);
        assertThat(ExchangeFailure.REWRITE_LOOP.status()).isEqualTo(500);
        assertThat(SITE.target(asked("/ping/1", "Stop: 1"))).isEqualTo("/pong/x");
    }

    @ParameterizedTest // REQ-32: ten rounds, and no more
    @CsvSource({"0, true", "9, true", "10, false"})
    void roundsAreCounted(int reroutes, boolean served) {
        Asked request = asked("/c/1", "N: " + "x".repeat(reroutes));
        if (served) {
            assertThat(SITE.target(request)).isEqualTo("/c/1");
            assertThat(SITE.trace(request).rounds()).hasSize(reroutes + 1);
        } else {
            assertThat(SITE.failure(request)).isEqualTo(ExchangeFailure.REWRITE_LOOP);
        }
    }
}
