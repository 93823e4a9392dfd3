package dev.gatehouse.routing;

import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RequestRoutingRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The order in which the rules of one socket are asked (REQ-11). Stateless. */
final class RuleOrder {
    private RuleOrder() {}

    /** One host name of one rule; an empty name stands for a basic listener. */
    record Candidate(String hostName, RequestRoutingRule rule) {
        boolean isBasic() {
            return hostName.isEmpty();
        }
    }

    /** Candidates in the order they are asked. */
    static List<Candidate> of(Gateway gateway, List<RequestRoutingRule> rules) {
        List<Candidate> candidates = new ArrayList<>();
        for (RequestRoutingRule rule : rules) {
            HttpListener listener = rule.httpListener();
            List<String> names = listener.isBasic() ? List.of("") : listener.hostNames();
            names.forEach(name -> candidates.add(new Candidate(name, rule)));
        }
        boolean prioritised = rules.stream().allMatch(rule -> rule.priority() != null);
        if (prioritised) {
            candidates.sort(Comparator.comparing(RuleOrder::priority)); // stable: array order inside one rule
        } else if (!gateway.isV1()) {
            candidates.sort(BY_KIND_OF_NAME);
        }
        return candidates;
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
