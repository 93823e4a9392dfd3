package dev.gatehouse.health;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** When a probe starts; all times in nanoseconds of one clock. Stateless. */
final class ProbeSchedule {
    // Few members need no whole second: the gateway is ready the sooner.
    private static final long WIDEST_GAP = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Duration QUICK = Duration.ofSeconds(1);

    private ProbeSchedule() {}

    /** PRB-10: from start to start in quick succession, and no slower than always. */
    static Duration soonest(Duration interval) {
        return interval.compareTo(QUICK) < 0 ? interval : QUICK;
    }

    /** PRB-11: the first member at once, the last within the first second, evenly. */
    static long firstDelay(int index, int count) {
        return index * Math.min(WIDEST_GAP, TimeUnit.SECONDS.toNanos(1) / count);
    }

    /** PRB-12: one interval from start to start; a probe that took longer is followed at once. */
    static long nextDelay(long started, long finished, Duration interval) {
        return Math.max(0, interval.toNanos() - (finished - started));
    }

    /**
     * The wait after the first probe, shortened by up to its half at random: members that all began within a second
     * are spread over the interval from then on, here and between several gateways.
     */
    static long scattered(long waitNanos) {
        return waitNanos - (long) (ThreadLocalRandom.current().nextDouble() * waitNanos / 2);
    }
}
