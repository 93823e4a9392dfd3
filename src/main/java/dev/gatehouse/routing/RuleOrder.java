package dev.gatehouse.routing;

import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.routing.RouteTrace.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rules of one socket in the order in which they are asked (REQ-11). Immutable.
 *
 * @param order what put them in order
 * @param candidates first asked first
 */
record RuleOrder(Order order, List<Candidate> candidates) {
    RuleOrder {
        candidates = List.copyOf(candidates);
    }

    /** One host name of one rule; an empty name stands for a basic listener. */
    record Candidate(String hostName, RequestRoutingRule rule) {
        boolean isBasic() {
            return hostName.isEmpty();
        }

        /** Whether it takes a lower-case host (REQ-12). */
        boolean accepts(String host) {
            return isBasic()
                    || (HostPattern.isWildcard(hostName) ? HostPattern.fits(hostName, host) : hostName.equals(host));
        }
    }

    static RuleOrder of(Gateway gateway, List<RequestRoutingRule> rules) {
        List<Candidate> candidates = new ArrayList<>();
        for (RequestRoutingRule rule : rules) {
            HttpListener listener = rule.httpListener();
            List<String> names = listener.isBasic() ? List.of("") : listener.hostNames();
            names.forEach(name -> candidates.add(new Candidate(name, rule)));
        }
        Order order = orderOf(gateway, rules);
        if (order == Order.PRIORITY) {
            candidates.sort(Comparator.comparing(RuleOrder::priority)); // stable: array order inside one rule
        } else if (order == Order.KIND_OF_NAME) {
            candidates.sort(BY_KIND_OF_NAME);
        }
        return new RuleOrder(order, candidates);
    }

    private static Order orderOf(Gateway gateway, List<RequestRoutingRule> rules) {
        if (rules.stream().allMatch(rule -> rule.priority() != null)) {
            return Order.PRIORITY;
        }
        return gateway.isV1() ? Order.FILE : Order.KIND_OF_NAME;
    }

    private static int priority(Candidate candidate) {
        Integer priority = candidate.rule().priority();
        return priority == null ? Integer.MAX_VALUE : priority;
    }

    // Exact names, then wildcards (fewer wildcard characters, then longer patterns first), then basic.
    private static final Comparator<Candidate> BY_KIND_OF_NAME = Comparator.<Candidate>comparingInt(
                    c -> c.isBasic() ? 2 : HostPattern.isWildcard(c.hostName()) ? 1 : 0)
            .thenComparingInt(c -> HostPattern.wildcards(c.hostName()))
            .thenComparingInt(
                    c -> HostPattern.isWildcard(c.hostName()) ? -c.hostName().length() : 0);
}
