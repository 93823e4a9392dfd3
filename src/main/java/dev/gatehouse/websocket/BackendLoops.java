package dev.gatehouse.websocket;

import dev.gatehouse.threads.OwnThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that all WebSocket backends share, whatever their number: loops, a watch, workers. Thread-safe. */
final class BackendLoops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackendLoops.class);

    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final List<BackendLoop> loops;
    private final List<OwnThreads> own;
    private final StallWatch watch = new StallWatch();
    private final Workers workers;
    private final BufferPool buffers = new BufferPool();
    private final ZlibPools zlib = new ZlibPools(buffers);
    private final MaskKeys maskKeys = new MaskKeys();
    private final AtomicInteger turn = new AtomicInteger();

    private BackendLoops(List<BackendLoop> loops, List<OwnThreads> own, Workers workers) {
        this.loops = loops;
        this.own = own;
        this.workers = workers;
    }

    /**
     * Starts the threads.
     *
     * @param count selectors, at least 1
     * @throws IOException if the system gives no selector
     */
    static BackendLoops start(int count) throws IOException {
        OwnThreads slow = OwnThreads.numbered("gatehouse-ws-worker-");
        OwnThreads leaders = OwnThreads.numbered("gatehouse-ws-loop-");
        OwnThreads watches = OwnThreads.numbered("gatehouse-ws-watch-");
        Workers workers = new Workers(slow);
        List<BackendLoop> loops = new ArrayList<>();
        BackendLoops all = new BackendLoops(loops, List.of(slow, leaders, watches), workers);
        for (int i = 0; i < count; i++) {
            loops.add(new BackendLoop(leaders, workers, all.watch));
        }
        all.watch.watch(loops);
        loops.forEach(BackendLoop::start);
        watches.newThread(all.watch).start();
        return all;
    }

    /** Runs something about twice a second; it must not block. */
    void onTick(Runnable task) {
        loops.get(0).onTick(task);
    }

    BackendLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    void execute(Runnable task) {
        workers.execute(task);
    }

    BufferPool buffers() {
        return buffers;
    }

    ZlibPools zlib() {
        return zlib;
    }

    MaskKeys maskKeys() {
        return maskKeys;
    }

    /** Cuts every connection and ends the threads. */
    @Override
    public void close() {
        watch.stop();
        for (BackendLoop loop : loops) {
            try {
                loop.close();
            } catch (IOException e) {
                LOG.warn("closing a selector failed", e);
            }
        }
        workers.close();
        zlib.close();
        for (OwnThreads threads : own) {
            if (!threads.awaitEnd(LONGEST_END)) {
                LOG.warn("a thread that serves a slow WebSocket client did not end within {}", LONGEST_END);
            }
        }
    }
}
