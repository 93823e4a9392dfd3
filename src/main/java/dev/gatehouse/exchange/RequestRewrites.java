package dev.gatehouse.exchange;

import dev.gatehouse.exchange.Routing.Routed;
import org.jspecify.annotations.Nullable;

/** The rewrite sets of one configuration, ready to run (step 9, REQ-28 to REQ-32). Thread-safe. */
@FunctionalInterface
public interface RequestRewrites {
    /** No set at all: every request stays as it is. */
    RequestRewrites NONE = (routed, traceId) -> new Outcome.Rewritten(routed, null);

    /** What came of a request. */
    sealed interface Outcome {
        /**
         * It goes on.
         *
         * @param routed the request and its route from here on; the route may be a redirect now (REQ-32)
         * @param response what is still to be done with the answer; null for nothing
         */
        record Rewritten(Routed routed, @Nullable ResponseRewrite response) implements Outcome {}

        /**
         * It cannot go on.
         *
         * @param failure why
         */
        record Failed(ExchangeFailure failure) implements Outcome {}
    }

    /**
     * Runs the set of the request's route, and those of the routes that it leads to.
     *
     * @param routed a request whose route is no redirect
     * @param traceId id of the exchange
     * @return what came of it
     */
    Outcome apply(Routed routed, String traceId);
}
