package dev.gatehouse.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/** What a member has to do; outlives configurations that judge it in other ways. Thread-safe. */
final class Load {
    private final Rest rest = new Rest(System::nanoTime);
    private final AtomicInteger inFlight = new AtomicInteger();

    Rest rest() {
        return rest;
    }

    AtomicInteger inFlight() {
        return inFlight;
    }
}
