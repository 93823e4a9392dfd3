package dev.gatehouse.observe;

import io.micrometer.core.instrument.Counter;

/**
 * What passes in one direction of all sessions together. Thread-safe.
 *
 * @param text whole text messages
 * @param binary whole binary messages
 * @param bytes payload
 */
public record MessageCounts(Counter text, Counter binary, Counter bytes) {}
