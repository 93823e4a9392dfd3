package dev.gatehouse.rewrite;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.gatehouse.model.RewriteCondition;

/**
 * A test, compiled (REQ-29). RE2's engine takes time in proportion to the text, whatever pattern and client send.
 * Immutable, thread-safe.
 */
final class Condition {
    private final RewriteCondition condition;
    private final ValueSource source;
    private final Pattern pattern;

    Condition(RewriteCondition condition) {
        this.condition = condition;
        this.source = ValueSource.of(condition.variable());
        this.pattern = pattern(condition.pattern(), condition.ignoreCase());
    }

    /** The configuration's own check has compiled it before, so it does compile. */
    static Pattern pattern(String text, boolean ignoreCase) {
        return Pattern.compile(text, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
    }

    RewriteCondition condition() {
        return condition;
    }

    boolean isOfResponse() {
        return condition.variable().isOfResponse();
    }

    String value(Message message) {
        return source.of(message);
    }

    /** Whether it holds for a value; what its groups matched is kept at its index. */
    boolean holds(String value, Captures captures, int index) {
        Matcher matcher = pattern.matcher(value);
        boolean isFound = matcher.find();
        if (isFound && !condition.negate() && matcher.groupCount() > 0) {
            captures.keep(index, matcher);
        }
        return isFound != condition.negate();
    }
}
