package dev.gatehouse.routing;

import com.google.re2j.Pattern;
import dev.gatehouse.model.RoutingCondition;
import dev.gatehouse.model.ValueMatcher;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A condition of advanced routing, compiled (section 4.18). Of several fields or parameters of one name one that fits is
 * enough; a negated matcher holds if none fits, so also where there is none. Immutable, thread-safe.
 */
final class RequestCondition {
    private final RoutingCondition condition;
    private final Predicate<String> fits;
    private final List<AddressBlock> blocks;
    private final boolean isNegated;

    RequestCondition(RoutingCondition condition) {
        this.condition = condition;
        @Nullable ValueMatcher matcher = condition.matcher();
        this.isNegated = matcher != null && matcher.negate();
        this.fits = matcher == null ? values(condition) : pattern(matcher);
        this.blocks = condition.type() == RoutingCondition.Type.CLIENT_IP
                ? condition.values().stream()
                        .map(String::strip)
                        .map(AddressBlock::parse)
                        .toList()
                : List.of();
    }

    private static Predicate<String> pattern(ValueMatcher matcher) {
        Pattern pattern = Pattern.compile(matcher.pattern(), matcher.ignoreCase() ? Pattern.CASE_INSENSITIVE : 0);
        return value -> pattern.matcher(value).find();
    }

    private static Predicate<String> values(RoutingCondition condition) {
        List<String> values = condition.values();
        if (condition.type() != RoutingCondition.Type.PATH) {
            return values::contains;
        }
        PathTrie paths = new PathTrie(); // compared as path maps compare (REQ-21)
        values.forEach(paths::add);
        return path -> paths.find(path) >= 0;
    }

    RoutingCondition condition() {
        return condition;
    }

    boolean holds(String path, RequestFacts facts) {
        return switch (condition.type()) {
            case PATH -> fits.test(path) != isNegated;
            case METHOD -> fits.test(facts.method());
            case CLIENT_IP -> isIn(AddressBlock.bytes(facts.remoteAddress()));
            case HEADER -> anyFits(facts.headers(name())) != isNegated;
            case QUERY_STRING -> hasParameter(facts.query()) != isNegated;
        };
    }

    private String name() {
        return Objects.requireNonNull(condition.propertyName());
    }

    private boolean anyFits(Enumeration<String> values) {
        while (values.hasMoreElements()) {
            if (fits.test(values.nextElement())) {
                return true;
            }
        }
        return false;
    }

    private boolean hasParameter(@Nullable String query) {
        return query != null && QueryParameters.anyFits(query, name(), fits);
    }

    private boolean isIn(byte[] address) {
        for (AddressBlock block : blocks) {
            if (block.holds(address)) {
                return true;
            }
        }
        return false;
    }
}
