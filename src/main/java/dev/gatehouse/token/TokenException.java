package dev.gatehouse.token;

import dev.gatehouse.exchange.ExchangeFailure;

/** A request has no good token. Thrown for every stranger, so it carries no stack trace. */
final class TokenException extends Exception {
    private static final long serialVersionUID = 1;

    private final ExchangeFailure failure;

    TokenException(ExchangeFailure failure) {
        super(failure.words(), null, false, false);
        this.failure = failure;
    }

    ExchangeFailure failure() {
        return failure;
    }
}
