package dev.gatehouse.websocket;

import dev.gatehouse.exchange.ExchangeFailure;
import org.jspecify.annotations.Nullable;

/** A backend could not be asked, or gave no usable answer. */
final class FailedDial extends Exception {
    private static final long serialVersionUID = 1;

    private final ExchangeFailure failure;
    private final boolean nothingSent;

    FailedDial(ExchangeFailure failure, boolean nothingSent, @Nullable Throwable cause) {
        super(failure.name(), cause, false, false); // control flow: the cause carries the trace
        this.failure = failure;
        this.nothingSent = nothingSent;
    }

    ExchangeFailure failure() {
        return failure;
    }

    /** Whether another member may be asked: nothing was sent to this one (REQ-38). */
    boolean isNothingSent() {
        return nothingSent;
    }
}
