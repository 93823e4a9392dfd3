package dev.gatehouse.health;

import dev.gatehouse.model.ProbeTiming;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.ProbeRecord;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamPool;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One member of one pool with its run of results. Confined to the timer thread, and after its end to whoever closes. */
final class ProbedUpstream {
    private final Upstream upstream;
    private final ProbeRequest request;
    private UpstreamPool pool;
    private int failures;
    private boolean wasProbed;
    private boolean isOver;
    private long started;
    private @Nullable ProbeExchange exchange;
    private @Nullable Future<?> deadline;

    ProbedUpstream(UpstreamPool pool, Upstream upstream) {
        this.pool = pool;
        this.upstream = upstream;
        this.request = ProbeRequest.of(pool, upstream);
    }

    Upstream upstream() {
        return upstream;
    }

    ProbeRequest request() {
        return request;
    }

    ProbeTiming timing() {
        return request.timing();
    }

    /** PRB-10: a v1 gateway that is in doubt about a healthy member asks again soon. */
    Duration interval() {
        boolean isInDoubt = pool.rules().isV1() && upstream.health() == Health.HEALTHY && failures > 0;
        return isInDoubt ? ProbeSchedule.soonest(timing().interval()) : timing().interval();
    }

    boolean isOf(UpstreamPool asked) {
        return pool == asked;
    }

    /** Another pool has it now; who asks is told there. */
    void moveTo(UpstreamPool next) {
        pool = next;
    }

    /** It is asked no more (section 6), or never was to be. */
    boolean isOver() {
        return isOver;
    }

    void begun(long now, ProbeExchange running, Future<?> endsAtLatest) {
        started = now;
        exchange = running;
        deadline = endsAtLatest;
    }

    long started() {
        return started;
    }

    /** Ends the probe on its way, if there is one, and all others. */
    void end() {
        isOver = true;
        forgetDeadline();
        ProbeExchange running = exchange;
        if (running != null) {
            running.cancel();
        }
    }

    private void forgetDeadline() {
        Future<?> pending = deadline;
        if (pending != null) {
            pending.cancel(false);
        }
    }

    /**
     * Takes a result in.
     *
     * @return whether it was the first
     */
    boolean ended(ProbeResult result, Duration latency) {
        forgetDeadline();
        exchange = null;
        boolean isFirst = !wasProbed;
        wasProbed = true;
        judge(result, latency);
        return isFirst;
    }

    private void judge(ProbeResult result, Duration latency) {
        Health before = upstream.health();
        ProbeState next =
                new ProbeState(before, failures).after(result.cause().isSuccess(), timing().unhealthyThreshold());
        failures = next.failures();
        pool.probed(
                upstream, new ProbeRecord(result.cause().azureName(), result.log(), Instant.now(), latency, failures));
        if (next.health() != before) {
            pool.become(upstream, next.health(), cause(before, result));
        }
    }

    private String cause(Health before, ProbeResult result) {
        if (result.cause().isSuccess()) {
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
