package dev.gatehouse.model;

import java.time.Duration;

/**
 * How long work on a removed backend may go on (REQ-37). Immutable.
 *
 * @param enabled whether the settings ask for it; default false
 * @param timeout longest wait before connections are cut; 1 s - 1 h, default 30 s where not enabled
 */
public record ConnectionDraining(boolean enabled, Duration timeout) {
    /** Not asked for: 30 s. */
    public static final ConnectionDraining DEFAULT = new ConnectionDraining(false, Duration.ofSeconds(30));

    public ConnectionDraining {
        Durations.positive("drainTimeoutInSec", timeout);
    }
}
