package dev.gatehouse.observe;

import io.micrometer.core.instrument.Counter;

/**
 * What passes in one direction of all sessions together. Thread-safe.
 *
 * @param text whole text messages
 * @param binary whole binary messages
 * @param bytes payload
 */
public record MessageCounts(Counter text, Counter binary, Counter bytes) {
    /**
     * Payload went by.
     *
     * @param count bytes of it
     */
    public void passed(long count) {
        bytes.increment((double) count);
    }

    /**
     * A message went by whole.
     *
     * @param isText whether it is text
     */
    public void message(boolean isText) {
        (isText ? text : binary).increment();
    }
}
