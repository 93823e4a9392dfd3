package dev.gatehouse.websocket;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection to a backend. It never blocks a loop; whoever must wait (a dial, a full send buffer) parks until the
 * loop tells it, with a deadline. Bytes go to the {@link Receiver} once there is one, else into an inbox; when the inbox
 * is full, reading stops (WS-34). Thread-safe: {@code lock} guards the inbox, the loop alone reads the channel.
 */
final class BackendSocket implements LoopChannel, AutoCloseable {
    // A client that stalled the loop once is likely to do so again: for a while others must not wait for it.
    private static final long OWN_THREAD_NANOS = 5_000_000_000L;

    private final BackendLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Inbox inbox = new Inbox();
    private boolean connected;
    private boolean writable;
    private boolean wantsWritable;
    private boolean readingStopped;
    private boolean ended;
    private boolean endTold;
    private boolean closed;
    private boolean delivering = true; // nobody may deliver before start()
    private long ownThreadUntil;
    private long endedNanos;
    private @Nullable IOException failure;
    private volatile @Nullable Receiver receiver;

    private BackendSocket(BackendLoop loop, SocketChannel channel) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.ownThreadUntil = System.nanoTime();
        this.key = loop.register(channel, this);
    }

    /**
     * Connects, waiting on the calling thread.
     *
     * @param deadlineNanos against {@link System#nanoTime}
     * @throws SocketTimeoutException if it took too long
     * @throws IOException if nobody listens or there is no way
     */
    static BackendSocket connect(BackendLoop loop, InetSocketAddress address, long deadlineNanos) throws IOException {
        SocketChannel channel = SocketChannel.open();
        BackendSocket socket = null;
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean atOnce = channel.connect(address);
            socket = new BackendSocket(loop, channel);
            socket.awaitConnected(atOnce, deadlineNanos);
            return socket;
        } catch (IOException | RuntimeException e) {
            channel.close();
            loop.wakeup();
            throw e;
        }
    }

    private void awaitConnected(boolean atOnce, long deadlineNanos) throws IOException {
        lock.lock();
        try {
            connected |= atOnce;
            want(connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
            while (!connected) {
                throwFailure();
                await(deadlineNanos, "connect");
            }
        } finally {
            lock.unlock();
        }
    }

    SocketChannel channel() {
        return channel;
    }

    /** Whoever will take the bytes; hears of time passing from now on, of bytes from {@link #start}. */
    void attach(Receiver next) {
        receiver = next;
    }

    /** Begins delivery, on another thread. */
    void start() {
        loop.execute(() -> {
            Receiver to = receiver;
            if (to != null) {
                to.begun();
                drain(to);
            }
        });
    }

    /**
     * Waits for bytes. Only before {@link #start}.
     *
     * @return what came; null at the end of the connection
     * @throws SocketTimeoutException if nothing came in time
     */
    @Nullable
    ByteBuffer take(long deadlineNanos) throws IOException {
        lock.lock();
        try {
            while (inbox.isEmpty()) {
                throwFailure();
                if (ended) {
                    return null;
                }
                await(deadlineNanos, "read");
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the socket takes bytes again. One thread at a time: the one that has the send lock.
     *
     * @throws SocketTimeoutException if it did not in time
     * @throws ClosedChannelException if the connection is gone
     */
    void awaitWritable(long deadlineNanos) throws IOException {
        lock.lock();
        try {
            writable = false;
            want(SelectionKey.OP_WRITE);
            while (!writable) {
                throwFailure();
                await(deadlineNanos, "write");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks for one call of {@link Receiver#writable}. */
    void wantWritable() {
        lock.lock();
        try {
            wantsWritable = true;
            want(SelectionKey.OP_WRITE);
        } finally {
            lock.unlock();
        }
    }

    private void want(int operation) {
        if (key.isValid()) {
            key.interestOpsOr(operation);
            loop.wakeup();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // every caller loops
    private void await(long deadlineNanos, String what) throws IOException {
        try {
            if (changed.awaitNanos(deadlineNanos - System.nanoTime()) <= 0) {
                throw new SocketTimeoutException(what + " timed out");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted during " + what).initCause(e);
        }
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void ready(BackendLoop.Leader leader) {
        int operations = key.readyOps();
        if ((operations & SelectionKey.OP_CONNECT) != 0) {
            finishConnect();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            becomeWritable();
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            read(leader);
        }
    }

    private void finishConnect() {
        lock.lock();
        try {
            connected = channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
        } catch (IOException e) {
            failure = e;
            key.interestOps(0);
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private void becomeWritable() {
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        boolean wanted;
        lock.lock();
        try {
            writable = true;
            wanted = wantsWritable;
            wantsWritable = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Receiver to = receiver;
        if (wanted && to != null) {
            to.writable();
        }
    }

    private void read(BackendLoop.Leader leader) {
        ByteBuffer buffer = leader.buffer().clear();
        @Nullable IOException cause = null;
        int count;
        try {
            count = channel.read(buffer);
        } catch (IOException e) {
            count = -1;
            cause = e;
        }
        buffer.flip();
        Receiver to = receiver;
        boolean here = false;
        boolean start = false;
        lock.lock();
        try {
            boolean own = ownThreadUntil - System.nanoTime() > 0;
            if (count < 0) {
                endReading(cause);
            } else if (delivering || own) {
                keep(buffer);
            } else {
                here = true;
            }
            start = !delivering && to != null;
            delivering |= start;
        } finally {
            lock.unlock();
        }
        if (start && to != null) {
            if (here) {
                deliverHere(leader, to, buffer);
            } else {
                loop.execute(() -> drain(to));
            }
        }
    }

    // Guarded by lock.
    private void endReading(@Nullable IOException cause) {
        ended = true;
        endedNanos = System.nanoTime();
        failure = cause;
        key.interestOps(0);
        changed.signalAll();
    }

    // Guarded by lock.
    private void keep(ByteBuffer bytes) {
        inbox.add(bytes);
        if (inbox.isFull()) {
            readingStopped = true;
            key.interestOpsAnd(~SelectionKey.OP_READ);
        }
        changed.signalAll();
    }

    // On the loop's own thread: no hand-over to a second one, which would cost more than all the rest. If the client
    // blocks it, the loop goes on with a new leader.
    private void deliverHere(BackendLoop.Leader leader, Receiver to, ByteBuffer bytes) {
        long entered = leader.enter();
        to.received(bytes);
        drain(to);
        if (!leader.leave(entered)) {
            stalled();
        }
    }

    private void stalled() {
        lock.lock();
        try {
            ownThreadUntil = System.nanoTime() + OWN_THREAD_NANOS;
        } finally {
            lock.unlock();
        }
    }

    private void drain(Receiver to) {
        boolean more = true;
        while (more) {
            @Nullable ByteBuffer next = null;
            boolean tellEnd = false;
            @Nullable IOException cause;
            lock.lock();
            try {
                if (!inbox.isEmpty()) {
                    next = next();
                } else {
                    inbox.delivered();
                    resumeReading();
                    tellEnd = ended && !endTold;
                    endTold |= tellEnd;
                    delivering = tellEnd;
                    more = tellEnd;
                }
                cause = failure;
            } finally {
                lock.unlock();
            }
            if (next != null) {
                to.received(next);
            } else if (tellEnd) {
                to.ended(cause);
            }
        }
    }

    // Guarded by lock.
    private ByteBuffer next() {
        ByteBuffer next = inbox.next();
        resumeReading();
        return next;
    }

    private void resumeReading() {
        if (readingStopped && inbox.isHalfEmpty() && !ended) {
            readingStopped = false;
            want(SelectionKey.OP_READ);
        }
    }

    /** Whether nothing is read because the receiver is slow. */
    boolean isReadingStopped() {
        lock.lock();
        try {
            return readingStopped;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the peer ended the connection before a time. */
    boolean isEndedBefore(long nanos) {
        lock.lock();
        try {
            return ended && endedNanos - nanos < 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Leaves the connection to another channel of the same loop. On the loop, and only while there is no receiver.
     *
     * @return what was read already, in order
     * @throws IOException if the connection is gone
     */
    List<ByteBuffer> handOver() throws IOException {
        lock.lock();
        try {
            key.interestOps(0);
            throwFailure();
            List<ByteBuffer> read = new ArrayList<>();
            while (!inbox.isEmpty()) {
                read.add(inbox.next());
            }
            return read;
        } finally {
            lock.unlock();
        }
    }

    BackendLoop loop() {
        return loop;
    }

    /** Runs what may block, on another thread. */
    void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public void tick(long nowNanos) {
        Receiver to = receiver;
        if (to != null) {
            to.tick(nowNanos);
        }
    }

    /** Whether {@link #close} was called. */
    boolean isClosed() {
        return !channel.isOpen();
    }

    /** Cuts the connection. Whoever waits is woken with an exception; bytes not delivered stay deliverable. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            loop.log().debug("closing a backend's socket failed", e);
        }
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        loop.wakeup(); // the selector lets go of the descriptor only in its next round
    }
}
