package dev.gatehouse.exchange;

import dev.gatehouse.model.EntraJwtValidationConfig;
import java.time.Instant;

/** Judges the bearer tokens of requests under one configuration (step 7, REQ-16). Thread-safe. */
@FunctionalInterface
public interface TokenChecks {
    /** No rule asks for a token. */
    TokenChecks NONE = (request, config) -> new Verdict.Refused(ExchangeFailure.TOKEN_KEYS_UNAVAILABLE);

    /** What was found. */
    sealed interface Verdict {
        /**
         * A good token.
         *
         * @param identity whom it names, {@code tenant:object}, fit for a header field
         * @param expires when it ends
         */
        record Identified(String identity, Instant expires) implements Verdict {}

        /**
         * No good token.
         *
         * @param failure what is wrong; answered only where the rule denies
         */
        record Refused(ExchangeFailure failure) implements Verdict {}
    }

    /**
     * Judges the token of a request.
     *
     * @param request a client's request
     * @param config what its rule asks for
     * @return whom the token names, or what is wrong with it
     */
    Verdict judge(RequestView request, EntraJwtValidationConfig config);
}
