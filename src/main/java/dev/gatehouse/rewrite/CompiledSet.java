package dev.gatehouse.rewrite;

import dev.gatehouse.model.RewriteRuleSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One set, compiled. Immutable, thread-safe. */
final class CompiledSet {
    private final List<CompiledRule> rules;

    CompiledSet(RewriteRuleSet set) {
        rules = set.rules().stream().map(CompiledRule::new).toList();
    }

    /**
     * Runs the rules in their order on a request; what waits for the answer is put down.
     *
     * @return whether the path map is to be matched again (REQ-32)
     */
    boolean run(Message message, AnswerRewrite answer, RewriteTrace.@Nullable Recorder trace) {
        boolean reroutes = false;
        for (CompiledRule rule : rules) {
            if (trace != null) {
                trace.begin(rule.rule());
            }
            Captures captures = rule.newCaptures();
            boolean isMet = rule.holds(false, message, captures, trace);
            if (trace != null) {
                trace.end(isMet);
            }
            if (isMet) {
                reroutes |= take(rule, captures, message, answer);
            }
        }
        return reroutes;
    }

    private static boolean take(CompiledRule rule, Captures captures, Message message, AnswerRewrite answer) {
        if (rule.changesAnswer()) {
            answer.add(rule, captures);
        }
        if (rule.isDecidedOnResponse()) {
            return false; // REQ-30: too late for the request
        }
        rule.changeRequest(message, captures);
        return rule.reroutes();
    }
}
