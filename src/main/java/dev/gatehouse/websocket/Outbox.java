package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Bytes on their way into a socket that never blocks. What the socket does not take is kept and goes first. Guarded by
 * the session's send lock.
 */
final class Outbox {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WritableByteChannel channel;
    private ByteBuffer kept = NOTHING;

    Outbox(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** Takes all bytes, into the socket or into memory. */
    void write(ByteBuffer bytes) throws IOException {
        if (flush()) {
            channel.write(bytes);
        }
        if (bytes.hasRemaining()) {
            kept = ByteBuffer.allocate(kept.remaining() + bytes.remaining())
                    .put(kept)
                    .put(bytes)
                    .flip();
        }
    }

    /**
     * Writes what was kept, as far as the socket takes it.
     *
     * @return whether nothing is left
     */
    boolean flush() throws IOException {
        if (kept.hasRemaining()) {
            channel.write(kept);
            if (kept.hasRemaining()) {
                return false;
            }
            kept = NOTHING;
        }
        return true;
    }
}
