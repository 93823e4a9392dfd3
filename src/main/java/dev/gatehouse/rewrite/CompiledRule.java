package dev.gatehouse.rewrite;

import dev.gatehouse.exchange.HeaderFields;
import dev.gatehouse.model.RewriteRule;
import dev.gatehouse.model.UrlRewrite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule, compiled (REQ-29 to REQ-31). Immutable, thread-safe. */
final class CompiledRule {
    private final RewriteRule rule;
    private final List<Condition> conditions;
    private final List<HeaderChange> requestHeaders;
    private final List<HeaderChange> answerHeaders;
    private final @Nullable UrlChange url;

    CompiledRule(RewriteRule rule) {
        this.rule = rule;
        this.conditions = rule.conditions().stream().map(Condition::new).toList();
        this.requestHeaders = HeaderChange.of(rule.requestHeaders());
        this.answerHeaders = HeaderChange.of(rule.responseHeaders());
        @Nullable UrlRewrite change = rule.url();
        this.url = change == null ? null : new UrlChange(change);
    }

    RewriteRule rule() {
        return rule;
    }

    boolean isDecidedOnResponse() {
        return rule.isDecidedOnResponse();
    }

    boolean changesAnswer() {
        return !answerHeaders.isEmpty();
    }

    /** Whether the path map is to be matched again once it has run. */
    boolean reroutes() {
        @Nullable UrlRewrite change = rule.url();
        return change != null && change.reroute();
    }

    Captures newCaptures() {
        return new Captures(conditions.size());
    }

    /**
     * Whether the conditions of one phase hold (REQ-30). Without a trace the first that does not ends the test.
     *
     * @param ofResponse which phase
     * @param captures takes what their groups matched
     * @param trace is told of each; null if nobody wants to know
     */
    boolean holds(boolean ofResponse, Message message, Captures captures, RewriteTrace.@Nullable Recorder trace) {
        boolean all = true;
        for (int i = 0; i < conditions.size(); i++) {
            Condition condition = conditions.get(i);
            if (condition.isOfResponse() == ofResponse) {
                String value = condition.value(message);
                boolean isMet = condition.holds(value, captures, i);
                if (trace != null) {
                    trace.tested(i, value, isMet);
                } else if (!isMet) {
                    return false;
                }
                all &= isMet;
            }
        }
        return all;
    }

    /** Headers in the order of the file, then path and query; all of the rule's values see the URL as it was before. */
    void changeRequest(Message message, Captures captures) {
        UrlChange.@Nullable Made made = url == null ? null : url.make(message, captures);
        for (HeaderChange change : requestHeaders) {
            if (change.isOfHost()) {
                message.host(change.value(message, captures));
            } else {
                message.change(change, captures);
            }
        }
        if (made != null) {
            made.apply(message);
        }
    }

    void changeAnswer(HeaderFields fields, HeaderFields own, Message message, Captures captures) {
        for (HeaderChange change : answerHeaders) {
            change.apply(fields, message, captures);
            if (change.choosesByValue()) {
                change.apply(own, message, captures);
            }
        }
    }
}
