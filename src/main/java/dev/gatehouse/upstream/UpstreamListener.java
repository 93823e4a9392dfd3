package dev.gatehouse.upstream;

/** Hears what happens to upstreams. Called on the thread that caused it: be brief, do not block. */
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
}
