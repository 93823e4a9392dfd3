package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One side of a {@link Relay}: bytes that never wait. Guarded by the relay's lock. */
interface RelayLeg {
    /**
     * Reads what is there.
     *
     * @param scratch may be used, and the answer may be the same buffer
     * @return plain bytes, perhaps none; null at the end
     */
    @Nullable
    ByteBuffer read(ByteBuffer scratch) throws IOException;

    /** Whether nothing follows what was read, without another call of {@link Relay#readable} to say so. */
    default boolean isAtEnd() {
        return false;
    }

    /** Takes all bytes; what cannot be sent at once is kept for {@link #flush}. */
    void write(ByteBuffer plain) throws IOException;

    /**
     * Sends what was kept.
     *
     * @return whether nothing is left
     */
    boolean flush() throws IOException;

    /** Says which calls of {@link Relay#readable} and {@link Relay#writable} are wanted. */
    void want(boolean reading, boolean writing);

    /** Closes the connection; nothing follows. Does not fail. */
    void close();
}
