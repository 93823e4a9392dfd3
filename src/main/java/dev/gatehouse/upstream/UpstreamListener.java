package dev.gatehouse.upstream;

/** Hears what happens to upstreams. Called on the thread that caused it: be brief, do not block. */
@FunctionalInterface
public interface UpstreamListener {
    /**
     * An upstream's health changed (PRB-16).
     *
     * @param pool its pool
     * @param upstream which one
     * @param before health until now
     * @param cause why, in plain words
     */
    void healthChanged(UpstreamPool pool, Upstream upstream, Health before, String cause);

    /**
     * A probe ended, whatever it found.
     *
     * @param pool the upstream's pool
     * @param upstream which one
     * @param found what it found
     */
    default void probed(UpstreamPool pool, Upstream upstream, ProbeRecord found) {}

    /**
     * Other addresses stand behind a member's name now (REQ-34).
     *
     * @param pool its pool, whose {@link UpstreamPool#members()} are others than before
     */
    default void membersChanged(UpstreamPool pool) {}
}
