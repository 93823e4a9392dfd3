package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One test of an advanced routing rule (section 4.18). Exactly one of values and matcher says something. Immutable.
 *
 * @param type what of the request is tested
 * @param propertyName the header's or query parameter's name; absent for other types
 * @param values any of them must be equal; empty if there is a matcher
 * @param matcher must fit; absent if there are values
 */
public record RoutingCondition(
        Type type,
        @Nullable String propertyName,
        List<String> values,
        @Nullable ValueMatcher matcher) {
    public RoutingCondition {
        values = List.copyOf(values);
        if (values.isEmpty() == (matcher == null)) {
            throw new IllegalArgumentException("propertyValues: " + values + " (expected: values or a matcher)");
        }
    }

    /** What of a request can be tested. */
    public enum Type {
        HEADER,
        QUERY_STRING,
        PATH,
        CLIENT_IP,
        METHOD
    }
}
