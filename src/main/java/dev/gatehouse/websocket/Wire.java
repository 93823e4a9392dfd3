package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What lies between the bytes of a socket and those of the protocol: TLS or nothing. Decoding is confined to one reader
 * at a time; writing is guarded by the session's send lock. Both may go on at once.
 */
interface Wire {
    /**
     * Plain bytes of what was read.
     *
     * @param raw taken whole; the answer may be the same buffer
     */
    ByteBuffer decode(ByteBuffer raw) throws IOException;

    /** Whether the other side has said goodbye on this layer: nothing follows, though the connection may stay open. */
    boolean isEnded();

    /** Sends bytes without blocking; what the socket does not take is kept for {@link #flush}. */
    void write(ByteBuffer plain) throws IOException;

    /**
     * Sends what was kept.
     *
     * @return whether nothing is left
     */
    boolean flush() throws IOException;

    /** Says goodbye on this layer, as far as the socket takes it. */
    void end() throws IOException;
}
