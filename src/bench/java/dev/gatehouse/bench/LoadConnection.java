package dev.gatehouse.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.LongConsumer;

/** One connection of the closed loop: as many requests as came answers. Confined to one thread. */
final class LoadConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5000;

    private final SelectionKey key;
    private final SocketChannel channel;
    private final Requests requests;
    private final AnswerReader reader;
    private final OutQueue queue = new OutQueue();
    private final long[] sentAt;
    private int oldest;
    private int underWay;

    private LoadConnection(SelectionKey key, LoadOrder order, Requests requests) {
        this.key = key;
        this.channel = (SocketChannel) key.channel();
        this.requests = requests;
        this.reader = Requests.reader(order.benchCase());
        this.sentAt = new long[order.depth()];
        key.attach(this);
    }

    /** Connects, and shakes hands if the case asks for it; sends nothing yet. */
    static LoadConnection open(LoadOrder order, Requests requests, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().setTcpNoDelay(true);
            channel.socket().setSoTimeout(CONNECT_MILLIS);
            channel.socket().connect(Tools.loopback(order.port()), CONNECT_MILLIS);
            if (order.benchCase().usesWebSocket()) {
                WebSocketHandshake.perform(channel.socket());
            }
            channel.configureBlocking(false);
            return new LoadConnection(channel.register(selector, SelectionKey.OP_READ), order, requests);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    void send(int count, long now) throws IOException {
        for (int i = 0; i < count; i++) {
            sentAt[(oldest + underWay++) % sentAt.length] = now;
        }
        queue.add(requests.take(count));
        queue.flush(key);
    }

    /** Does what the selector found possible; each answer's latency goes to {@code latencies}. */
    int serve(ByteBuffer in, LongConsumer latencies) throws IOException {
        if (key.isWritable()) {
            queue.flush(key);
        }
        int count = channel.read(in.clear());
        if (count < 0) {
            throw new EOFException("connection closed by the proxy");
        }
        int answers = reader.read(in.flip());
        if (answers > underWay) {
            throw new IOException("more answers than requests");
        }
        reply();
        long now = System.nanoTime();
        for (int i = 0; i < answers; i++) {
            latencies.accept(now - sentAt[oldest]);
            oldest = (oldest + 1) % sentAt.length;
        }
        underWay -= answers;
        return answers;
    }

    /** How long the request that waits longest has waited; 0 when none does. */
    long waitingNanos(long now) {
        return underWay == 0 ? 0 : now - sentAt[oldest];
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError("closing a loopback socket failed", e);
        }
    }

    private void reply() throws IOException {
        ByteBuffer reply = reader.takeReply();
        if (reply != null) {
            queue.add(reply);
            queue.flush(key);
        }
    }
}
