package dev.gatehouse.explain;

import dev.gatehouse.model.CustomErrorPage;
import dev.gatehouse.model.HeaderRewrite;
import dev.gatehouse.model.LoadDistributionPolicy.WeightedPool;
import dev.gatehouse.model.RewriteCondition;
import dev.gatehouse.model.RewriteValue;
import dev.gatehouse.model.RewriteVariable;
import dev.gatehouse.model.RoutingCondition;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.ValueMatcher;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parts that say more in one phrase than in a list of their own parts: conditions, headers, weights, pages. Stateless. */
final class Phrases {
    private Phrases() {}

    /**
     * A record as one phrase; empty if it is none of these.
     *
     * @param labels how another named object is called
     */
    static Optional<Fact> of(Record record, Function<Record, String> labels) {
        if (record instanceof WeightedPool weighted) {
            return Optional.of(Fact.of(labels.apply(weighted.pool()) + " weight " + weighted.weightPerServer()));
        }
        if (record instanceof Target target) {
            return Optional.of(Fact.of(target(target, labels)));
        }
        if (record instanceof CustomErrorPage.Source source) {
            return Optional.of(Fact.of(page(source)));
        }
        // The phrase leaves out what its text implies, such as how a value is split into parts: all of it is compared.
        return Optional.ofNullable(phrase(record)).map(text -> new Fact(record.toString(), text));
    }

    /** Where requests go. */
    static String target(Target target, Function<Record, String> labels) {
        if (target instanceof Target.Forward forward) {
            return "pool " + labels.apply(forward.pool()) + " (settings " + labels.apply(forward.settings()) + ")";
        }
        if (target instanceof Target.Distribute distribute) {
            // REQ-36: the pool beside a policy plays no part.
            return "load distribution policy " + labels.apply(distribute.policy()) + " (settings "
                    + labels.apply(distribute.settings()) + ")";
        }
        if (target instanceof Target.Redirect redirect) {
            return "redirect " + labels.apply(redirect.configuration());
        }
        throw new IllegalStateException("unknown target " + target);
    }

    private static @Nullable String phrase(Record record) {
        if (record instanceof HeaderRewrite header) {
            return header(header);
        }
        if (record instanceof RewriteCondition condition) {
            return condition(condition);
        }
        if (record instanceof RoutingCondition condition) {
            return condition(condition);
        }
        if (record instanceof RewriteValue value) {
            return value(value);
        }
        return record instanceof ValueMatcher matcher ? matcher(matcher) : null;
    }

    /** What a rewrite tests. */
    static String condition(RewriteCondition condition) {
        ValueMatcher matcher = new ValueMatcher(condition.pattern(), condition.ignoreCase(), condition.negate());
        return variable(condition.variable()) + " " + matcher(matcher);
    }

    /** What a rewrite inserts, as written. */
    static String value(RewriteValue value) {
        return value.text().isEmpty() ? "\"\"" : value.text();
    }

    /** What a rewrite does to a header. */
    static String header(HeaderRewrite header) {
        @Nullable ValueMatcher matcher = header.matcher();
        String change = header.isDeletion() ? " deleted" : ": " + header.value().text();
        return header.headerName() + change + (matcher == null ? "" : " if it " + matcher(matcher));
    }

    private static String matcher(ValueMatcher matcher) {
        return (matcher.negate() ? "does not match " : "matches ")
                + matcher.pattern()
                + (matcher.ignoreCase() ? " in any case" : "");
    }

    /** As files spell it (section 4.13). */
    static String variable(RewriteVariable variable) {
        return switch (variable.source()) {
                    case REQUEST_HEADER -> "http_req_";
                    case RESPONSE_HEADER -> "http_resp_";
                    case SERVER -> "var_";
                }
                + variable.name();
    }

    private static String condition(RoutingCondition condition) {
        @Nullable String name = condition.propertyName();
        @Nullable ValueMatcher matcher = condition.matcher();
        return Words.constant(condition.type()) + (name == null ? "" : " " + name) + " "
                + (matcher == null ? "is " + String.join(" or ", condition.values()) : matcher(matcher));
    }

    private static String page(CustomErrorPage.Source source) {
        if (source instanceof CustomErrorPage.Source.File file) {
            return file.path().toString();
        }
        return source instanceof CustomErrorPage.Source.Web web ? web.url().toString() : "built-in";
    }
}
