package dev.gatehouse.model;

/**
 * The admin address ({@code admin} of the local file). Immutable.
 *
 * @param listen where it is bound; default {@code 127.0.0.1:9901}
 */
public record AdminSettings(ListenAddress listen) {
    /** Loopback, port 9901. */
    public static final AdminSettings DEFAULT = new AdminSettings(new ListenAddress("127.0.0.1", 9901));
}
