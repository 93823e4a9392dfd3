package dev.gatehouse.rewrite;

import static dev.gatehouse.rewrite.Site.request;
import static dev.gatehouse.rewrite.Site.response;
import static dev.gatehouse.rewrite.Site.rule;
import static dev.gatehouse.rewrite.Site.url;
import static dev.gatehouse.rewrite.Site.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatehouse.exchange.RequestRewrites.Outcome;
import dev.gatehouse.rewrite.RewriteTrace.Run;
import dev.gatehouse.rewrite.RewriteTrace.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REQ-28 to REQ-30: which rules run, in which order, and when. */
class RewriteRulesTest {
    private static final String IGNORE_CASE = ", \"ignoreCase\": true";
    private static final String NEGATE = ", \"negate\": true";

    @Test // REQ-28: by sequence, then by the file; later rules see what earlier ones did
    void rulesRunByTheirSequence() {
        Site site = Site.of(
                sequenced(rule("late", "", request("X-T", "{http_req_X-T}4")), 200),
                rule("third", "", request("X-T", "{http_req_X-T}2")), // 100 by default
                sequenced(rule("tie", "", request("X-T", "{http_req_X-T}3")), 100),
                sequenced(rule("first", "", request("X-T", "1")), 1));
        assertThat(site.sent(Asked.get("/", "Host: a"), "X-T")).isEqualTo("1234");
    }

    private static String sequenced(String rule, int sequence) {
        return "{ \"ruleSequence\": " + sequence + ", " + rule.substring(1);
    }

    @ParameterizedTest // REQ-29
    @CsvSource(
            delimiter = '|',
            value = {
                "http_req_X-A | b | '' | true", // found anywhere
                "http_req_X-A | ^b | '' | false",
                "http_req_x-a | ^abc$ | '' | true",
                "http_req_X-A | B | '' | false",
                "http_req_X-A | B | i | true",
                "http_req_X-A | b | n | false",
                "http_req_X-A | x | n | true",
                "http_req_X-A | B | in | false",
                "http_req_Absent | .+ | '' | false", // presence
                "http_req_Absent | .+ | n | true", // absence
                "http_req_Absent | ^$ | '' | true", // the empty text
                "http_req_X-Twice | ^1, 2$ | '' | true",
                "http_req_Content-Length | ^0$ | '' | true",
                "http_req_Connection | ^close$ | '' | true",
                "http_req_X_Under | . | '' | false", // REQ-4: dropped before
                "var_query_string | \\bid=[0-9]+$ | '' | true",
                "var_uri_path | ^/a | '' | true",
                "http_resp_X-A | . | '' | false", // there is no answer yet, so the rule does not touch the request
                "http_resp_X-A | . | n | false",
            })
    void conditionHolds(String variable, String pattern, String flags, boolean holds) {
        String more = (flags.contains("i") ? IGNORE_CASE : "") + (flags.contains("n") ? NEGATE : "");
        Site site = Site.of(rule("r", when(variable, pattern, more), request("X-Hit", "1")));
        Asked request = Asked.get(
                "/a?x&id=7",
                "Host: a",
                "X-A: abc",
                "X-Twice: 1",
                "X-Twice: 2",
                "Content-Length: 0",
                "Connection: close",
                "X_Under: 1");
        assertThat(site.sent(request, "X-Hit")).isEqualTo(holds ? "1" : "");
    }

    @ParameterizedTest // REQ-29: all of them
    @CsvSource({"1, 1, true", "1, 0, false", "0, 1, false", "0, 0, false"})
    void allConditionsMustHold(String a, String b, boolean holds) {
        Site site = Site.of(rule("r", when("http_req_A", "1") + ", " + when("http_req_B", "1"), request("X-Hit", "1")));
        assertThat(site.sent(Asked.get("/", "Host: a", "A: " + a, "B: " + b), "X-Hit"))
                .isEqualTo(holds ? "1" : "");
    }

    @Test // REQ-31
    void capturesAreThoseOfTheRulesOwnConditions() {
        Site site = Site.of(rule(
                "r",
                when("http_req_A", "(a)(x)?(b+)") + ", " + when("var_uri_path", "^/([^/]+)/(.*)$"),
                request("X-C", "{http_req_A_3}|{http_req_A_1}|{http_req_A_2}|{var_uri_path_2}.{var_uri_path_1}")));
        assertThat(site.sent(Asked.get("/p/q/r", "Host: a", "A: zabbb"), "X-C")).isEqualTo("bbb|a||q/r.p");
    }

    @Test // REQ-30: a rule with a condition on the answer is decided on the answer, and never touches the request
    void ruleOfTheAnswerLeavesTheRequest() {
        Site site = Site.of(rule(
                "r",
                when("http_resp_X", "y"),
                request("X-Req", "1"),
                response("X-Res", "1"),
                url("\"modifiedPath\": \"/never\"")));
        Asked request = Asked.get("/", "Host: a");
        assertThat(site.sent(request).rewritten()).isNull();
        assertThat(site.answer(request, 200, "X: y")).containsExactly("X: y", "X-Res: 1");
        assertThat(site.answer(request, 200, "X: z")).containsExactly("X: z");
    }

    @ParameterizedTest // REQ-30
    @CsvSource({"^4, 404, true", "^4, 200, false", "^200$, 200, true"})
    void statusIsTested(String pattern, int status, boolean holds) {
        Site site = Site.of(rule("r", when("var_http_status", pattern), response("X-Res", "{var_http_status}")));
        assertThat(site.answer(Asked.get("/", "Host: a"), status))
                .isEqualTo(holds ? List.of("X-Res: " + status) : List.of());
    }

    @Test // REQ-30: decided on the request, applied on the answer
    void ruleOfTheRequestChangesTheAnswer() {
        Site site = Site.of(
                rule("r", when("http_req_X", "^(y)$"), response("X-Res", "{http_req_X_1}{http_resp_A}")),
                rule("s", "", request("X", "")));
        assertThat(site.answer(Asked.get("/", "Host: a", "X: y"), 200, "A: b")).containsExactly("A: b", "X-Res: yb");
        assertThat(site.answer(Asked.get("/", "Host: a", "X: z"), 200, "A: b")).containsExactly("A: b");
    }

    @Test // REQ-30: a condition on the request is tested when the request comes, whatever later rules make of it
    void mixedRuleTestsTheRequestWhenItComes() {
        Site site = Site.of(
                rule(
                        "r",
                        when("http_req_X", "(y)") + ", " + when("http_resp_A", "(b)"),
                        response("X-Res", "{http_req_X_1}{http_resp_A_1}")),
                rule("s", "", request("X", "gone")));
        Asked request = Asked.get("/", "Host: a", "X: y");
        assertThat(site.sent(request, "X")).isEqualTo("gone");
        assertThat(site.answer(request, 200, "A: b")).containsExactly("A: b", "X-Res: yb");
        assertThat(site.answer(Asked.get("/", "Host: a", "X: n"), 200, "A: b")).containsExactly("A: b");
    }

    @Test // REQ-30: rules of the answer see what those before them made of it
    void rulesOfTheAnswerRunInOrder() {
        Site site = Site.of(
                rule("r", "", response("A", "1")), rule("s", when("http_resp_A", "1"), response("B", "{http_resp_A}")));
        assertThat(site.answer(Asked.get("/", "Host: a"), 200)).containsExactly("A: 1", "B: 1");
    }

    @Test // REQ-28: nothing is left to do with the answer, so nobody has to gather its fields
    void requestRulesLeaveNothingForTheAnswer() {
        Site site = Site.of(rule("r", "", request("A", "1")), rule("s", when("http_req_A", "2"), response("B", "1")));
        assertThat(site.apply(Asked.get("/", "Host: a")))
                .isInstanceOfSatisfying(
                        Outcome.Rewritten.class,
                        rewritten -> assertThat(rewritten.response()).isNull());
    }

    @Test // REQ-29: no client stalls a thread
    void hostileTextTakesLinearTime() {
        Site site = Site.of(rule(
                "r",
                when("http_req_X", "(a+)+$") + ", " + when("http_req_X", "^(([a-z])+.)+[A-Z]([a-z])+$", NEGATE),
                request("X-Hit", "{http_req_X_1}")));
        Asked request = Asked.get("/", "Host: a", "X: " + "a".repeat(64 * 1024) + "!");
        long start = System.nanoTime();
        assertThat(site.sent(request, "X-Hit")).isEmpty();
        // A backtracking engine would need more than the age of the universe.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test // one compiled set serves many requests at once
    void setIsSharedByThreads() throws Exception {
        Site site = Site.of(rule("r", when("http_req_N", "^n(.*)$"), request("X-N", "{http_req_N_1}")));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String number = Integer.toString(i);
                tasks.add(() -> {
                    assertThat(site.sent(Asked.get("/", "Host: a", "N: n" + number), "X-N"))
                            .isEqualTo(number);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                assertThatCode(done::get).doesNotThrowAnyException();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test // product.md section 2: each condition is told, also behind one that does not hold
    void traceTellsEveryCondition() {
        Site site = Site.of(
                rule("no", when("http_req_A", "x") + ", " + when("http_req_B", "b"), request("X", "1")),
                rule("yes", "", request("Y", "1")),
                rule("later", when("http_resp_C", "c") + ", " + when("http_req_B", "b"), response("Z", "1")),
                rule("never", when("http_resp_C", "c") + ", " + when("http_req_B", "x"), response("Z", "1")));
        List<Run> runs = site.trace(Asked.get("/", "Host: a", "A: a", "B: b"))
                .rounds()
                .get(0)
                .rules();
        assertThat(runs)
                .extracting(Run::verdict)
                .containsExactly(Verdict.NOT_APPLIED, Verdict.APPLIED, Verdict.WAITS_FOR_ANSWER, Verdict.NOT_APPLIED);
        assertThat(runs.get(0).tests()).extracting(RewriteTrace.Test::value).containsExactly("a", "b");
        assertThat(runs.get(0).tests()).extracting(RewriteTrace.Test::matched).containsExactly(false, true);
        assertThat(runs.get(2).tests()).extracting(RewriteTrace.Test::matched).containsExactly(null, true);
    }
}
