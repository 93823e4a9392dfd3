package dev.gatehouse.token;

import dev.gatehouse.threads.OwnThreads;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key sets of all token checks, got in the background and kept fresh. They outlive configurations, so that a reload
 * does not forget them. Costs nothing while no rule asks for tokens. Thread-safe; closed by whoever made it.
 */
public final class KeyRings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRings.class);
    private static final Duration LONGEST_READ = Duration.ofSeconds(10);
    private static final Duration LONGEST_END = Duration.ofSeconds(1);
    private static final long LOOK_SECONDS = 30;
    private static final int READERS = 2;

    private final Map<URI, KeyRing> rings = new ConcurrentHashMap<>();
    private final KeySource source = new KeySource(LONGEST_READ);
    private final OwnThreads own = OwnThreads.named("gatehouse-token-keys");
    // Discard: what a request still asks for while the gateway stops is not worth an error.
    private final ScheduledThreadPoolExecutor threads =
            new ScheduledThreadPoolExecutor(READERS, own, new ThreadPoolExecutor.DiscardPolicy());

    /** The keys of an address, being got if they are new. */
    KeyRing at(URI address) {
        return rings.computeIfAbsent(address, this::begin);
    }

    private KeyRing begin(URI address) {
        KeyRing ring = new KeyRing(address, source::read, threads, System::nanoTime);
        if (!threads.isShutdown()) {
            Future<?> unused = threads.scheduleWithFixedDelay(ring::refreshIfOld, 0, LOOK_SECONDS, TimeUnit.SECONDS);
        }
        return ring;
    }

    @Override
    public void close() {
        source.close();
        threads.shutdownNow();
        if (!own.awaitEnd(LONGEST_END)) {
            LOG.warn("a read of token keys is still being cut");
        }
    }
}
