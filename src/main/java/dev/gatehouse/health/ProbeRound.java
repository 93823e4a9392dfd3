package dev.gatehouse.health;

import dev.gatehouse.observe.AddressHealth;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.ProbeRecord;
import dev.gatehouse.upstream.Upstream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One probe of each of several members, all at once. Run once, by one thread; others may interrupt it. */
final class ProbeRound {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeRound.class);

    private final List<Asked> members;
    private final Clock clock;
    private final AtomicReferenceArray<AddressHealth> found;
    private final CountDownLatch missing;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean isInterrupted;

    /**
     * A member and what it is asked.
     *
     * @param member who
     * @param request what; empty if its name has no address, so that nobody can be asked (PRB-14)
     */
    record Asked(Upstream member, Optional<ProbeRequest> request) {}

    /**
     * Creates one.
     *
     * @param members who is asked what
     * @param clock tells when a probe ended and how long it took
     */
    ProbeRound(List<Asked> members, Clock clock) {
        this.members = members;
        this.clock = clock;
        this.found = new AtomicReferenceArray<>(members.size());
        this.missing = new CountDownLatch(members.size());
    }

    /** Probes; takes as long as the slowest member, or the limit and the moment that threads need to end. */
    Optional<List<AddressHealth>> run(Duration limit) throws InterruptedException {
        ProbeWire wire = new ProbeWire();
        List<ProbeExchange> exchanges = new ArrayList<>();
        try {
            wire.start();
            if (isInterrupted) {
                return Optional.empty(); // before anything is sent
            }
            for (int i = 0; i < members.size(); i++) {
                prepare(i).ifPresent(exchanges::add);
            }
            exchanges.forEach(wire::send);
            if (!missing.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                exchanges.forEach(ProbeExchange::expire);
                missing.await(); // for one that ended by itself at this very moment
            }
            return isInterrupted
                    ? Optional.empty()
                    : Optional.of(IntStream.range(0, members.size())
                            .mapToObj(found::get)
                            .toList());
        } finally {
            exchanges.forEach(ProbeExchange::cancel);
            wire.close();
            over.countDown();
        }
    }

    private Optional<ProbeExchange> prepare(int index) {
        Upstream member = members.get(index).member();
        Optional<ProbeRequest> request = members.get(index).request();
        if (request.isEmpty()) {
            found.set(index, AddressHealth.of(member));
            missing.countDown();
        }
        Instant started = clock.instant();
        return request.map(asked -> new ProbeExchange(asked, result -> {
            found.set(index, health(member, result, started));
            missing.countDown();
        }));
    }

    private AddressHealth health(Upstream member, ProbeResult result, Instant started) {
        Instant ended = clock.instant();
        boolean isSuccess = result.cause().isSuccess();
        ProbeRecord record = new ProbeRecord(
                result.cause().azureName(), result.log(), ended, Duration.between(started, ended), isSuccess ? 0 : 1);
        Health health = isSuccess ? Health.HEALTHY : Health.UNHEALTHY;
        return new AddressHealth(member, health, Optional.of(record), Optional.empty());
    }

    /** Ends it without a result. */
    void interrupt() {
        isInterrupted = true;
        while (missing.getCount() > 0) {
            missing.countDown();
        }
    }

    /** Waits until its threads are gone, a moment at most. */
    void awaitEnd() {
        try {
            if (!over.await(2 * ProbeExecutor.LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("probes: one on demand still waits for its threads");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
