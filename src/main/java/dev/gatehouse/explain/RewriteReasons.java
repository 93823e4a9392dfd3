package dev.gatehouse.explain;

import dev.gatehouse.explain.Explanation.Rewrite;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.RewriteRule;
import dev.gatehouse.model.UrlPathMap;
import dev.gatehouse.model.UrlRewrite;
import dev.gatehouse.rewrite.RewriteTrace;
import dev.gatehouse.rewrite.RewriteTrace.Round;
import dev.gatehouse.rewrite.RewriteTrace.Run;
import dev.gatehouse.rewrite.RewriteTrace.Test;
import dev.gatehouse.rewrite.RewriteTrace.Verdict;
import dev.gatehouse.routing.Route;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rewrites of a request do and why (REQ-28 to REQ-32). Stateless but for the places. */
final class RewriteReasons {
    private final Reasons reasons;

    RewriteReasons(Reasons reasons) {
        this.reasons = reasons;
    }

    void tell(RewriteTrace trace, Account account) {
        List<Rewrite> rewrites = new ArrayList<>();
        for (Round round : trace.rounds()) {
            String set = "rewriteRuleSets/" + round.set().name();
            account.because(
                    Step.REWRITE,
                    reasons.of(
                            TargetReasons.holder(round.route()), TargetReasons.member(round.route(), "rewriteRuleSet")),
                    "set \"" + round.set().name() + "\" runs");
            for (Run run : round.rules()) {
                rule(set + "/rewriteRules/" + run.rule().name(), run, account);
                rewrites.add(rewrite(run));
            }
            reasons.addNotes(Step.REWRITE, set, account);
            if (round.reroutes() && round.path() != null) {
                account.because(Step.REWRITE, "the path map is matched again with \"" + round.path() + '"');
            }
        }
        account.rewrites(rewrites);
    }

    /** Where the last matching of the path map led. */
    void rerouted(Route route, Account account) {
        @Nullable UrlPathMap map = route.rule().urlPathMap();
        @Nullable PathRule pathRule = route.pathRule();
        @Nullable String pattern = route.pattern();
        account.rule(route.rule().name(), pathRule == null ? null : pathRule.name());
        if (map == null) {
            return;
        }
        String element = "urlPathMaps/" + map.name();
        if (pathRule == null || pattern == null) {
            account.because(
                    Step.REWRITE,
                    reasons.of(element, "name"),
                    "no path rule of map \"" + map.name() + "\" fits the new path; its default applies");
        } else {
            account.because(
                    Step.REWRITE,
                    reasons.saying(element + "/pathRules/" + pathRule.name(), pattern, "paths"),
                    "the new path fits \"" + pattern + "\" of path rule \"" + pathRule.name() + '"');
        }
    }

    private void rule(String element, Run run, Account account) {
        String name = "rule \"" + run.rule().name() + '"';
        for (Test test : run.tests()) {
            account.because(
                    Step.REWRITE,
                    reasons.saying(element, test.condition().pattern(), "conditions"),
                    name + ": " + condition(test));
        }
        String changes = changes(run.rule(), run.verdict());
        String text = switch (run.verdict()) {
            case APPLIED -> " applies" + (changes.isEmpty() ? "" : ": " + changes);
            case NOT_APPLIED -> " does not apply";
            case WAITS_FOR_ANSWER -> " is decided when the answer comes" + (changes.isEmpty() ? "" : ": " + changes);
        };
        account.because(Step.REWRITE, reasons.of(element, "name"), name + text);
    }

    private static String condition(Test test) {
        String asked = Phrases.condition(test.condition());
        @Nullable Boolean matched = test.matched();
        return matched == null
                ? asked + ": the answer will tell"
                : asked + ": " + matched + ", it is \"" + test.value() + '"';
    }

    private static String changes(RewriteRule rule, Verdict verdict) {
        List<String> changes = new ArrayList<>();
        if (verdict == Verdict.APPLIED) {
            rule.requestHeaders().forEach(header -> changes.add("request " + Phrases.header(header)));
            @Nullable UrlRewrite url = rule.url();
            if (url != null && url.modifiedPath() != null) {
                changes.add("path " + Phrases.value(url.modifiedPath()));
            }
            if (url != null && url.modifiedQueryString() != null) {
                changes.add("query " + Phrases.value(url.modifiedQueryString()));
            }
        }
        rule.responseHeaders().forEach(header -> changes.add("answer's " + Phrases.header(header)));
        return String.join("; ", changes);
    }

    private static Rewrite rewrite(Run run) {
        List<Explanation.Condition> conditions = run.tests().stream()
                .map(test -> new Explanation.Condition(
                        Phrases.variable(test.condition().variable()), test.value(), test.matched()))
                .toList();
        @Nullable
        Boolean isApplied = switch (run.verdict()) {
            case APPLIED -> Boolean.TRUE;
            case NOT_APPLIED -> Boolean.FALSE;
            case WAITS_FOR_ANSWER -> null;
        };
        return new Rewrite(run.rule().name(), conditions, isApplied);
    }
}
