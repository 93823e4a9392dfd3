package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a {@link BackendSocket} brings. {@link #begun}, {@link #received} and {@link #ended} are called by one
 * thread at a time and may block while the client is slow: nothing more is read then. The other two come from the loop
 * at any time and must not block.
 */
interface Receiver {
    /** Delivery starts; bytes read before belong to the receiver already. */
    void begun();

    /**
     * Bytes came.
     *
     * @param raw valid during the call
     */
    void received(ByteBuffer raw);

    /**
     * No more bytes will come. Called once.
     *
     * @param cause why, or null after a clean end
     */
    void ended(@Nullable IOException cause);

    /** The socket takes bytes again, after {@link BackendSocket#wantWritable}. */
    void writable();

    /** Called about twice a second. */
    void tick(long nowNanos);
}
