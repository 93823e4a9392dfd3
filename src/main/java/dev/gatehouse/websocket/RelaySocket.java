package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket that a loop watches, as one side of a relay. As {@link RelayLeg} says; the loop calls without the lock. */
final class RelaySocket implements RelayLeg, LoopChannel {
    private static final Logger LOG = LoggerFactory.getLogger(RelaySocket.class);

    private final BackendLoop loop;
    private final SocketChannel channel;
    private final Wire wire;
    private final Runnable closer;
    private final Relay relay;
    private final SelectionKey key;
    private int interest;
    private boolean isClosed;

    /**
     * Begins to watch a socket; nothing is of interest yet.
     *
     * @param closer closes the socket for whoever else counts it
     * @throws IOException if the loop is closed
     */
    RelaySocket(BackendLoop loop, SocketChannel channel, Wire wire, Runnable closer, Relay relay) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.wire = wire;
        this.closer = closer;
        this.relay = relay;
        this.key = loop.register(channel, this);
    }

    @Override
    public void ready(BackendLoop.Leader leader) {
        int operations = key.readyOps();
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            relay.writable(this);
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            relay.readable(this, leader.buffer());
        }
    }

    @Override
    public void fail() {
        relay.cut();
    }

    @Override
    public void tick(long nowNanos) {
        relay.tick(this, nowNanos);
    }

    @Override
    public @Nullable ByteBuffer read(ByteBuffer scratch) throws IOException {
        int count = channel.read(scratch.clear());
        return count < 0 ? null : wire.decode(scratch.flip());
    }

    @Override
    public boolean isAtEnd() {
        return wire.isEnded();
    }

    @Override
    public void write(ByteBuffer plain) throws IOException {
        wire.write(plain);
    }

    @Override
    public boolean flush() throws IOException {
        return wire.flush();
    }

    @Override
    public void want(boolean reading, boolean writing) {
        int next = (reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0);
        if (next == interest || isClosed) {
            return;
        }
        interest = next;
        try {
            key.interestOps(next);
            loop.wakeup();
        } catch (CancelledKeyException e) {
            LOG.debug("closed meanwhile", e);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            wire.end();
            wire.flush();
        } catch (IOException e) {
            LOG.debug("ending TLS failed", e);
        }
        key.cancel();
        closer.run();
        loop.wakeup(); // the selector lets go of the descriptor only in its next round
    }
}
