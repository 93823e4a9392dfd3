package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** What one connection still has to write. Asks for write interest only while the socket is full. Confined to one thread. */
final class OutQueue {
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();

    /** Queues a buffer that nobody will change until it has been written. */
    void add(ByteBuffer bytes) {
        waiting.add(bytes);
    }

    /** Writes now what fits; keeps a copy of the rest, so that the caller may use the buffer again. */
    void writeOrCopy(ByteBuffer bytes, SelectionKey key) throws IOException {
        if (waiting.isEmpty()) {
            channelOf(key).write(bytes);
        }
        if (bytes.hasRemaining()) {
            waiting.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
        }
        flush(key);
    }

    /** Writes what the socket takes; true when nothing is left. */
    boolean flush(SelectionKey key) throws IOException {
        while (!waiting.isEmpty()) {
            ByteBuffer first = waiting.peek();
            channelOf(key).write(first);
            if (first.hasRemaining()) {
                setInterest(key, SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return false;
            }
            waiting.remove();
        }
        setInterest(key, SelectionKey.OP_READ);
        return true;
    }

    private static SocketChannel channelOf(SelectionKey key) {
        return (SocketChannel) key.channel();
    }

    private static void setInterest(SelectionKey key, int interest) {
        // Each change costs a system call.
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }
}
