package dev.gatehouse.rewrite;

import dev.gatehouse.exchange.HeaderFields;
import dev.gatehouse.exchange.ResponseRewrite;
import java.util.ArrayList;
import java.util.List;

/** What the rules of an exchange want of its answer, in their order (REQ-30). Confined to one exchange. */
final class AnswerRewrite implements ResponseRewrite {
    private final Message message;
    private final List<Due> due = new ArrayList<>();

    /** A rule whose conditions on the request hold, and what they captured. */
    private record Due(CompiledRule rule, Captures captures) {}

    AnswerRewrite(Message message) {
        this.message = message;
    }

    void add(CompiledRule rule, Captures captures) {
        due.add(new Due(rule, captures));
    }

    boolean isEmpty() {
        return due.isEmpty();
    }

    @Override
    public void apply(int status, HeaderFields fields, HeaderFields own) {
        message.answered(status, fields);
        for (Due each : due) {
            if (each.rule().holds(true, message, each.captures(), null)) {
                each.rule().changeAnswer(fields, own, message, each.captures());
            }
        }
    }
}
