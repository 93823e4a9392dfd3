package dev.gatehouse.observe;

import dev.gatehouse.model.AccessLogSettings;
import dev.gatehouse.threads.OwnThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the access log (OBS-1) on a thread of its own, which nobody waits for: lines wait in a bounded queue, and what
 * finds it full, or no room on the disk, is counted and lost. Thread-safe.
 */
public final class AccessLog implements SessionJournal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.access");
    private static final int MOST_WAITING = 16_384;
    private static final int MOST_AT_ONCE = 512;
    private static final long GATHER_MILLIS = 20; // a wake-up for every line would cost more than the line
    private static final Duration LONGEST_END = Duration.ofSeconds(2);
    private static final long COMPLAINT_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Wakes the thread. An interrupt would close its file under it. */
    private static final Object END = new Object();

    private final BlockingQueue<Object> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final OwnThreads own = OwnThreads.named("gatehouse-access-log");
    private final Clock clock;
    private final OutputStream standardOutput;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final Thread thread;
    private volatile AccessLogSettings settings;
    private volatile boolean isClosing;

    /** What the thread writes with, until the settings change. */
    private record Writing(
            AccessLogSettings settings, ByteArrayOutputStream lines, AccessFormat format, LineSink sink) {
        static Writing of(AccessLogSettings settings, OutputStream standardOutput) throws IOException {
            ByteArrayOutputStream lines = new ByteArrayOutputStream(MOST_AT_ONCE * 1024);
            Scrub scrub = new Scrub(settings.scrub());
            AccessFormat format = settings.format() == AccessLogSettings.Format.JSON
                    ? new AccessJson(lines, settings.omit(), scrub, instance())
                    : new AccessText(lines, settings.format() == AccessLogSettings.Format.COMBINED, scrub);
            LineSink sink = settings.file().equals(AccessLogSettings.STANDARD_OUTPUT)
                    ? LogFile.of(standardOutput)
                    : new LogFile(Path.of(settings.file()), settings.maxBytes(), settings.keep());
            return new Writing(settings, lines, format, sink);
        }

        private static String instance() {
            @Nullable String host = System.getenv("HOSTNAME");
            return (host == null ? "gatehouse" : host) + "_0";
        }
    }

    private AccessLog(AccessLogSettings settings, Clock clock, OutputStream standardOutput) {
        this.settings = settings;
        this.clock = clock;
        this.standardOutput = standardOutput;
        this.thread = own.newThread(this::run);
    }

    /**
     * Starts one.
     *
     * @param settings where lines go, and how they look
     * @param clock gives the lines of sessions their time
     * @param standardOutput where {@code -} goes
     * @return running; the caller closes it
     */
    public static AccessLog start(AccessLogSettings settings, Clock clock, OutputStream standardOutput) {
        AccessLog log = new AccessLog(settings, clock, standardOutput);
        log.thread.start();
        return log;
    }

    /**
     * Goes on elsewhere or otherwise, after a reload.
     *
     * @param next from the next line on
     */
    public void configure(AccessLogSettings next) {
        settings = next;
    }

    /**
     * Whether lines are wanted at all.
     *
     * @return false if the log is off
     */
    boolean isOn() {
        return !settings.file().equals(AccessLogSettings.OFF);
    }

    /** Takes the line of a request. */
    void add(AccessLine line) {
        offer(line);
    }

    @Override
    public void opened(SessionStart start) {
        offer(new SessionLine(clock.millis(), start, null));
    }

    @Override
    public void ended(SessionEnd end) {
        offer(new SessionLine(clock.millis(), end.start(), end));
    }

    private void offer(Object line) {
        if (isOn() && !waiting.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    /**
     * Lines that were written.
     *
     * @return so far
     */
    public long written() {
        return written.get();
    }

    /**
     * Lines for which there was no room in the queue.
     *
     * @return so far
     */
    public long dropped() {
        return dropped.get();
    }

    /**
     * Lines that could not be written, for instance because the disk is full.
     *
     * @return so far
     */
    public long failed() {
        return failed.get();
    }

    private void run() {
        List<Object> batch = new ArrayList<>(MOST_AT_ONCE);
        Complaints complaints = new Complaints();
        @Nullable Writing writing = null;
        while (!isClosing || !waiting.isEmpty()) {
            try {
                gather(batch);
                if (!batch.isEmpty()) {
                    writing = current(writing);
                    write(batch, writing);
                }
                complaints.tell(dropped.get(), failed.get(), null);
            } catch (InterruptedException e) {
                LOG.warn("access log: somebody interrupts its thread; it goes on", e);
            } catch (IOException | RuntimeException e) {
                failed.addAndGet(batch.size());
                complaints.tell(dropped.get(), failed.get(), e);
            } finally {
                batch.clear();
            }
        }
        close(writing);
    }

    private void gather(List<Object> batch) throws InterruptedException {
        @Nullable Object first = isClosing ? waiting.poll() : waiting.poll(1, TimeUnit.SECONDS);
        if (first == null) {
            return;
        }
        batch.add(first);
        if (!isClosing && waiting.size() < MOST_AT_ONCE) {
            Thread.sleep(GATHER_MILLIS);
        }
        waiting.drainTo(batch, MOST_AT_ONCE - 1);
        batch.removeIf(line -> line == END);
    }

    private Writing current(@Nullable Writing writing) throws IOException {
        if (writing != null && writing.settings().equals(settings)) {
            return writing;
        }
        close(writing);
        return Writing.of(settings, standardOutput);
    }

    private void write(List<Object> batch, Writing writing) throws IOException {
        writing.lines().reset();
        for (Object line : batch) {
            if (line instanceof AccessLine request) {
                writing.format().write(request);
            } else if (line instanceof SessionLine session) {
                writing.format().write(session);
            }
        }
        writing.sink().write(writing.lines().toByteArray(), writing.lines().size());
        written.addAndGet(batch.size());
    }

    private static void close(@Nullable Writing writing) {
        try {
            if (writing != null) {
                writing.sink().close();
            }
        } catch (IOException e) {
            LOG.warn("access log: {} did not close: {}", writing.settings().file(), e.getMessage());
        }
    }

    /** Says that lines are lost, at once and then once a minute. Confined to the thread. */
    private final class Complaints {
        private long told;
        private long toldNanos = System.nanoTime() - COMPLAINT_NANOS;

        void tell(long nowDropped, long nowFailed, @Nullable Exception cause) {
            long lost = nowDropped + nowFailed;
            if (lost == told || System.nanoTime() - toldNanos < COMPLAINT_NANOS) {
                return;
            }
            LOG.warn(
                    "access log: {} lines lost since the last such message, {} in all ({} found the queue full, {} could"
                            + " not be written to {}{}); traffic goes on",
                    lost - told,
                    lost,
                    nowDropped,
                    nowFailed,
                    settings.file(),
                    cause == null ? "" : ": " + cause);
            told = lost;
            toldNanos = System.nanoTime();
        }
    }

    /** Writes what waits and ends. */
    @Override
    public void close() {
        isClosing = true;
        if (!waiting.offer(END)) {
            LOG.debug("access log: its queue is full, so its thread is awake");
        }
        if (!own.awaitEnd(LONGEST_END)) {
            LOG.warn("access log: its thread did not end within {}", LONGEST_END);
        }
    }
}
