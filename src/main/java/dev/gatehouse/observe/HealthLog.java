package dev.gatehouse.observe;

import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamListener;
import dev.gatehouse.upstream.UpstreamPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each change of health, with its cause (PRB-16). Thread-safe. */
public final class HealthLog implements UpstreamListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.health");

    @Override
    public void healthChanged(UpstreamPool pool, Upstream upstream, Health before, String cause) {
        Health now = upstream.health();
        if (now == Health.HEALTHY) {
            LOG.info("{} {}: {} -> {}: {}", pool, upstream, before.azureName(), now.azureName(), cause);
        } else {
            LOG.warn("{} {}: {} -> {}: {}", pool, upstream, before.azureName(), now.azureName(), cause);
        }
    }
}
