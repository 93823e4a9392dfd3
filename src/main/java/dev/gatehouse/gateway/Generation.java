package dev.gatehouse.gateway;

import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.model.CustomErrorPage;
import dev.gatehouse.upstream.AffinitySecret;
import dev.gatehouse.upstream.UpstreamPool;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One configuration with all that serves it, built beside the one that is served. Immutable, but for the live state
 * inside the pools.
 *
 * @param snapshot what exchanges begin with
 * @param clients connections to backends
 * @param secret what affinity cookies are made with
 * @param pages error pages that were had
 */
record Generation(
        Snapshot snapshot, BackendClients clients, AffinitySecret secret, Map<CustomErrorPage.Source, byte[]> pages) {
    List<UpstreamPool> pools() {
        return snapshot.pools();
    }

    boolean hasOtherPages(Generation other) {
        return !pages.keySet().equals(other.pages.keySet())
                || pages.entrySet().stream()
                        .anyMatch(page -> !Arrays.equals(page.getValue(), other.pages.get(page.getKey())));
    }
}
