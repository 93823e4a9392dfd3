package dev.gatehouse.gateway;

import dev.gatehouse.admin.ReloadReport;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.observe.AccessLog;
import dev.gatehouse.observe.GatewayMetrics;
import dev.gatehouse.observe.RequestMetrics;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.ProbeRecord;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamListener;
import dev.gatehouse.upstream.UpstreamPool;
import org.jspecify.annotations.Nullable;

/** Passes on what happens to backends and configurations to all that want to know. Thread-safe. */
final class Told implements UpstreamListener {
    private final Drains drains;
    private final AccessLog log;
    private final RequestMetrics ofRequests;
    private volatile @Nullable GatewayMetrics metrics;

    Told(Drains drains, AccessLog log, RequestMetrics ofRequests) {
        this.drains = drains;
        this.log = log;
        this.ofRequests = ofRequests;
    }

    /** Numbers are kept from now on; there were none to keep before anything was served. */
    void start(GatewayMetrics kept, GatewayConfiguration first) {
        kept.loaded("loaded");
        kept.serves(first, 1);
        metrics = kept;
    }

    @Override
    public void healthChanged(UpstreamPool pool, Upstream upstream, Health before, String cause) {
        drains.healthChanged(pool, upstream, before, cause);
    }

    @Override
    public void probed(UpstreamPool pool, Upstream upstream, ProbeRecord found) {
        @Nullable GatewayMetrics kept = metrics;
        if (kept != null) {
            kept.probed(pool, upstream, found.errorName(), found.latency());
        }
    }

    /** A reload is over. */
    void reloaded(ReloadReport report, GatewayConfiguration served) {
        @Nullable GatewayMetrics kept = metrics;
        if (kept != null) {
            kept.loaded(report.result().name());
            kept.serves(served, report.generation());
        }
        if (report.result() == ReloadReport.Result.RELOADED) {
            log.configure(served.local().accessLog());
            ofRequests.forgetOthers(served);
        }
    }
}
