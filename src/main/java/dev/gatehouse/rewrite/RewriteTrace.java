package dev.gatehouse.rewrite;

import dev.gatehouse.exchange.RequestRewrites.Outcome;
import dev.gatehouse.model.RewriteCondition;
import dev.gatehouse.model.RewriteRule;
import dev.gatehouse.model.RewriteRuleSet;
import dev.gatehouse.routing.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the rewrites of a request ran: for a person who wants to know what became of it. Immutable.
 *
 * @param outcome what came of it
 * @param rounds every set that ran, in order: more than one only where rules match the path map again (REQ-32)
 */
public record RewriteTrace(Outcome outcome, List<Round> rounds) {
    public RewriteTrace {
        rounds = List.copyOf(rounds);
    }

    /**
     * One run of one set. Immutable.
     *
     * @param route the route whose set ran
     * @param set the set
     * @param rules every rule of it, in running order
     * @param path the path it left behind, as matched; absent if no backend may get it
     * @param reroutes whether the path map was to be matched again
     */
    public record Round(
            Route route,
            RewriteRuleSet set,
            List<Run> rules,
            @Nullable String path,
            boolean reroutes) {
        public Round {
            rules = List.copyOf(rules);
        }
    }

    /** What came of a rule. */
    public enum Verdict {
        /** All conditions hold. */
        APPLIED,
        /** One condition does not hold. */
        NOT_APPLIED,
        /** The answer decides: its conditions on the request hold. */
        WAITS_FOR_ANSWER
    }

    /**
     * One rule. Immutable.
     *
     * @param rule the rule
     * @param tests its conditions, in the order of the file
     * @param verdict what came of it
     */
    public record Run(RewriteRule rule, List<Test> tests, Verdict verdict) {
        public Run {
            tests = List.copyOf(tests);
        }
    }

    /**
     * One condition.
     *
     * @param condition the condition
     * @param value what it looked at; absent if only the answer tells
     * @param matched whether it holds, negation included; absent if only the answer tells
     */
    public record Test(
            RewriteCondition condition,
            @Nullable String value,
            @Nullable Boolean matched) {}

    /** Takes notes while rewrites run. Confined to one run. */
    static final class Recorder {
        private final List<Round> rounds = new ArrayList<>();
        private final List<Run> runs = new ArrayList<>();
        private final List<Test> tests = new ArrayList<>();
        private @Nullable RewriteRule rule;

        void begin(RewriteRule next) {
            rule = next;
            tests.clear();
            next.conditions().forEach(condition -> tests.add(new Test(condition, null, null)));
        }

        void tested(int index, String value, boolean matched) {
            tests.set(index, new Test(tests.get(index).condition(), value, matched));
        }

        void end(boolean isMet) {
            RewriteRule ended = Objects.requireNonNull(rule);
            Verdict met = ended.isDecidedOnResponse() ? Verdict.WAITS_FOR_ANSWER : Verdict.APPLIED;
            runs.add(new Run(ended, tests, isMet ? met : Verdict.NOT_APPLIED));
        }

        void endRound(Route route, RewriteRuleSet set, Message message, boolean reroutes) {
            @Nullable String path = message.path().map(each -> each.matched()).orElse(null);
            rounds.add(new Round(route, set, runs, path, reroutes));
            runs.clear();
        }

        RewriteTrace trace(Outcome outcome) {
            return new RewriteTrace(outcome, rounds);
        }
    }
}
