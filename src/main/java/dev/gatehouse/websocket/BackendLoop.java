package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One selector with the sockets it watches, led by one thread at a time. The leader delivers what it reads itself, on the
 * spot. A client that does not take its bytes would block it, so {@link StallWatch} looks at it: a leader that does not
 * come back goes on as an ordinary thread, and a new one takes the selector. Thread-safe.
 */
final class BackendLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackendLoop.class);
    private static final long TICK_MILLIS = 500;
    private static final int READ_BYTES = 64 * 1024;
    private static final long BREATH_NANOS = 10_000_000;

    private final Selector selector;
    private final ThreadFactory threads;
    private final Executor workers;
    private final StallWatch watch;
    private final ConcurrentLinkedQueue<ByteBuffer> readBuffers = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Leader leader;
    private volatile Runnable onTick = () -> {};
    private volatile boolean isOpen = true;

    /**
     * Creates a loop at rest.
     *
     * @param threads makes leaders
     * @param workers run what may block for long
     * @param watch told when a leader begins something that may block
     */
    BackendLoop(ThreadFactory threads, Executor workers, StallWatch watch) throws IOException {
        this.selector = Selector.open();
        this.threads = threads;
        this.workers = workers;
        this.watch = watch;
    }

    /** Runs something about twice a second, on the loop. */
    void onTick(Runnable task) {
        onTick = task;
    }

    /** Starts the first leader. */
    void start() {
        promote(new Leader());
    }

    private void promote(Leader next) {
        leader = next;
        threads.newThread(next).start();
    }

    /** Watches a channel; nothing is of interest yet. */
    SelectionKey register(SocketChannel channel, LoopChannel socket) throws IOException {
        try {
            return channel.register(selector, 0, socket);
        } catch (ClosedSelectorException e) {
            throw new IOException("gateway is stopping", e);
        }
    }

    void wakeup() {
        if (Thread.currentThread() != leaderThread()) {
            selector.wakeup();
        }
    }

    private @Nullable Thread leaderThread() {
        Leader now = leader;
        return now == null ? null : now.thread;
    }

    void execute(Runnable task) {
        workers.execute(task);
    }

    /** Runs something on the loop; it must not block. */
    void run(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    Logger log() {
        return LOG;
    }

    /**
     * Replaces a leader that has been busy with one thing for too long.
     *
     * @param enteredBefore since when is too long
     * @return whether the leader is busy
     */
    boolean replaceStalled(long enteredBefore) {
        Leader now = leader;
        if (now == null) {
            return false;
        }
        long entered = now.busy.get();
        if (entered == Leader.IDLE) {
            return now.isAwake;
        }
        if (entered - enteredBefore < 0 && isOpen) {
            Leader next = new Leader(); // before the old one retires: without memory for it, the old one stays
            if (now.busy.compareAndSet(entered, Leader.RETIRED)) {
                promote(next);
            } else {
                readBuffers.offer(next.buffer);
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        for (SelectionKey key : selector.keys()) {
            ((LoopChannel) key.attachment()).close();
        }
        leader = null;
        selector.close();
    }

    /** Whoever runs the selector. Its parts but {@code busy} are confined to its thread. */
    final class Leader implements Runnable {
        private static final long IDLE = 0;
        private static final long RETIRED = -1;

        private final AtomicLong busy = new AtomicLong(IDLE);
        private final ByteBuffer buffer;
        private final List<SelectionKey> ready = new ArrayList<>();
        private volatile boolean isAwake;
        private volatile @Nullable Thread thread;
        private long lastTick = System.nanoTime();

        Leader() {
            @Nullable ByteBuffer free = readBuffers.poll();
            this.buffer = free == null ? ByteBuffer.allocateDirect(READ_BYTES) : free;
        }

        /** What was read last. */
        ByteBuffer buffer() {
            return buffer;
        }

        /** Says that something follows which may block. */
        long enter() {
            long now = System.nanoTime() & ~1L | 2L; // neither of the two marks
            busy.set(now);
            watch.wake();
            return now;
        }

        /**
         * Says that it is over.
         *
         * @return false if it took so long that another thread leads now
         */
        boolean leave(long entered) {
            return busy.compareAndSet(entered, IDLE);
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            try {
                while (leader == this) {
                    roundSafely();
                }
            } catch (ClosedSelectorException e) {
                LOG.debug("selector closed", e);
            } catch (IOException e) {
                LOG.error("WebSocket backends are no longer served: selector failed", e);
            } finally {
                readBuffers.offer(buffer);
            }
        }

        // All sessions of the loop would hang without it, so it outlives whatever is wrong with one of them.
        private void roundSafely() throws IOException {
            try {
                round();
            } catch (ClosedSelectorException e) {
                throw e;
            } catch (RuntimeException | Error e) {
                tell(e);
                LockSupport.parkNanos(this, BREATH_NANOS);
            }
        }

        private void tell(Throwable defect) {
            try {
                LOG.error("a WebSocket session failed", defect);
            } catch (OutOfMemoryError e) {
                defect.addSuppressed(e); // there is no memory for a line either
            }
        }

        private void round() throws IOException {
            isAwake = false;
            selector.select(TICK_MILLIS);
            isAwake = true;
            runTasks();
            ready.clear();
            ready.addAll(selector.selectedKeys());
            selector.selectedKeys().clear(); // a new leader must find all that this one does not come to
            for (SelectionKey key : ready) {
                serve(key);
                if (leader != this) {
                    return;
                }
            }
            long now = System.nanoTime();
            if (now - lastTick >= TICK_MILLIS * 1_000_000) {
                lastTick = now;
                tick(now);
                onTick.run();
            }
        }

        private void runTasks() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.error("a WebSocket session failed", e);
                }
            }
        }

        private void serve(SelectionKey key) {
            LoopChannel socket = (LoopChannel) key.attachment();
            try {
                socket.ready(this);
            } catch (CancelledKeyException e) {
                LOG.debug("closed meanwhile", e);
            } catch (RuntimeException | Error e) { // a defect in one session must not end the others
                tell(e);
                socket.fail();
            }
        }

        private void tick(long now) {
            for (SelectionKey key : selector.keys()) { // weakly consistent, so registering goes on
                try {
                    ((LoopChannel) key.attachment()).tick(now);
                } catch (RuntimeException e) {
                    LOG.error("a WebSocket session failed", e);
                }
            }
        }
    }
}
