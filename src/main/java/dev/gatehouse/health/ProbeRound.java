package dev.gatehouse.health;

import dev.gatehouse.health.ProbeState.Outcome;
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

    private final List<Upstream> members;
    private final List<ProbeRequest> requests;
    private final Clock clock;
    private final AtomicReferenceArray<AddressHealth> found;
    private final CountDownLatch missing;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean isInterrupted;

    /**
     * Creates one.
     *
     * @param members who is asked
     * @param requests what each is asked, in the same order
     * @param clock tells when a probe ended and how long it took
     */
    ProbeRound(List<Upstream> members, List<ProbeRequest> requests, Clock clock) {
        this.members = members;
        this.requests = requests;
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
                exchanges.add(exchange(i));
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

    private ProbeExchange exchange(int index) {
        Instant started = clock.instant();
        return new ProbeExchange(requests.get(index), result -> {
            found.set(index, health(members.get(index), result, started));
            missing.countDown();
        });
    }

    private AddressHealth health(Upstream member, ProbeResult result, Instant started) {
        Instant ended = clock.instant();
        Outcome outcome = result.cause().outcome();
        ProbeRecord record = new ProbeRecord(
                result.cause().azureName(),
                result.log(),
                ended,
                Duration.between(started, ended),
                outcome == Outcome.SUCCESS ? 0 : 1);
        Health health = new ProbeState(Health.UNKNOWN, 0).after(outcome, 1).health();
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
            if (!over.await(2 * ProbeThreads.LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("probes: one on demand still waits for its threads");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
