package dev.gatehouse.model;

import java.util.Optional;

/**
 * The admin address ({@code admin} of the local file). Immutable.
 *
 * @param listen where it is bound, default {@code 127.0.0.1:9901}; empty if it is switched off
 * @param isGiven whether the file says so itself: in a WAR there is none unless it does
 */
public record AdminSettings(Optional<ListenAddress> listen, boolean isGiven) {
    /** Loopback, port 9901, because nobody said otherwise. */
    public static final AdminSettings DEFAULT =
            new AdminSettings(Optional.of(new ListenAddress("127.0.0.1", 9901)), false);

    /** Switched off by the file. */
    public static final AdminSettings OFF = new AdminSettings(Optional.empty(), true);
}
