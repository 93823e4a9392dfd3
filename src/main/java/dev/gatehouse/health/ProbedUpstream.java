package dev.gatehouse.health;

import dev.gatehouse.health.ProbeState.Outcome;
import dev.gatehouse.model.ProbeTiming;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamPool;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One member of one pool with its run of results. Confined to the timer thread, and after its end to whoever closes. */
final class ProbedUpstream {
    private final UpstreamPool pool;
    private final Upstream upstream;
    private final ProbeRequest request;
    private int failures;
    private boolean wasProbed;
    private long started;
    private @Nullable ProbeExchange exchange;
    private @Nullable Future<?> deadline;

    ProbedUpstream(UpstreamPool pool, Upstream upstream) {
        this.pool = pool;
        this.upstream = upstream;
        this.request = ProbeRequest.of(pool, upstream);
    }

    ProbeRequest request() {
        return request;
    }

    ProbeTiming timing() {
        return request.timing();
    }

    /** A removed member is asked no more (section 6). */
    boolean isDraining() {
        return upstream.health() == Health.DRAINING;
    }

    boolean wasProbed() {
        return wasProbed;
    }

    void begun(long now, ProbeExchange running, Future<?> endsAtLatest) {
        started = now;
        exchange = running;
        deadline = endsAtLatest;
    }

    long started() {
        return started;
    }

    /** Ends the probe on its way, if there is one. */
    void cut() {
        ProbeExchange running = exchange;
        if (running != null) {
            running.cancel();
        }
    }

    /**
     * Takes a result in.
     *
     * @return whether it was the first
     */
    boolean ended(ProbeResult result) {
        Future<?> pending = deadline;
        if (pending != null) {
            pending.cancel(false);
        }
        boolean isFirst = !wasProbed;
        wasProbed = true;
        if (!isDraining()) {
            judge(result);
        }
        return isFirst;
    }

    private void judge(ProbeResult result) {
        Outcome outcome = result.cause().outcome();
        Health before = upstream.health();
        ProbeState next = new ProbeState(before, failures).after(outcome, timing().unhealthyThreshold());
        failures = next.failures();
        if (next.health() != before) {
            pool.become(upstream, next.health(), cause(before, result));
        }
    }

    private String cause(Health before, ProbeResult result) {
        if (result.cause().outcome() != Outcome.FAILURE) {
            return result.text();
        }
        if (before != Health.HEALTHY) {
            return "The first probe failed. " + result.text();
        }
        return failures + " failed probes in a row (unhealthyThreshold " + timing().unhealthyThreshold() + "). Last: "
                + result.text();
    }

    @Override
    public String toString() {
        return pool + " " + upstream;
    }
}
