package dev.gatehouse.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A proxy that can be measured. */
interface Peer {
    /** Name in options and tables. */
    String name();

    /** Why it cannot run here; empty if it can. */
    Optional<String> absence();

    /** False if another peer stands for this one in the case. */
    default boolean takes(BenchCase benchCase) {
        return true;
    }

    /**
     * Writes what the proxy needs into the site's folder.
     *
     * @return the command that starts it in the foreground
     */
    List<String> prepare(PeerSite site) throws IOException;
}
