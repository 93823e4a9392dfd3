package dev.gatehouse.routing;

import dev.gatehouse.model.RequestRoutingRule;
import java.util.List;
import java.util.Optional;

/**
 * How the rules of a local socket were asked for a host (REQ-11, REQ-12): for a person who wants to know why a request
 * goes where it goes. Immutable.
 *
 * @param order what put them in order
 * @param asked every host name on the socket, in the order in which they are asked
 */
public record RouteTrace(Order order, List<Candidate> asked) {
    public RouteTrace {
        asked = List.copyOf(asked);
    }

    /** What puts the rules of a socket in order (REQ-11). */
    public enum Order {
        /** Ascending priority. */
        PRIORITY,
        /** The order of the file: v1 without priorities. */
        FILE,
        /** Exact names, wildcards, basic: v2 without priorities. */
        KIND_OF_NAME
    }

    /** What came of a candidate. */
    public enum Verdict {
        /** It takes the request. */
        CHOSEN,
        /** It accepts the host, but another one that does was asked earlier. */
        LATER,
        /** It does not accept the host. */
        OTHER_HOST
    }

    /**
     * One host name of one rule's listener. Immutable.
     *
     * @param rule the rule
     * @param hostName a name of its listener, perhaps with wildcards; empty for a basic listener, which takes any host
     * @param verdict what came of it
     */
    public record Candidate(RequestRoutingRule rule, String hostName, Verdict verdict) {
        /**
         * Whether it takes any host.
         *
         * @return true for a basic listener
         */
        public boolean isBasic() {
            return hostName.isEmpty();
        }

        /**
         * Whether its name stands for several.
         *
         * @return true if it holds {@code *} or {@code ?}
         */
        public boolean isWildcard() {
            return HostPattern.isWildcard(hostName);
        }
    }

    /**
     * The one that takes the request.
     *
     * @return empty if none accepts the host
     */
    public Optional<Candidate> chosen() {
        return with(Verdict.CHOSEN).stream().findFirst();
    }

    /**
     * Those of one verdict.
     *
     * @param verdict which
     * @return in the order in which they are asked
     */
    public List<Candidate> with(Verdict verdict) {
        return asked.stream()
                .filter(candidate -> candidate.verdict() == verdict)
                .toList();
    }
}
