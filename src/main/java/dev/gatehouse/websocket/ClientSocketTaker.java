package dev.gatehouse.websocket;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A container whose upgraded sockets can be had, so that a relay serves them itself instead of being called by the
 * container's threads. Found by {@link java.util.ServiceLoader}. Thread-safe.
 */
public interface ClientSocketTaker {
    /**
     * Whether the client's socket can be had.
     *
     * @param request a handshake, as the container gave it
     * @return true if {@link #upgrade} may be used
     */
    boolean knows(HttpServletRequest request);

    /**
     * What to give to {@link HttpServletRequest#upgrade}.
     *
     * @return a class whose objects are {@link Upgrade}s
     */
    Class<? extends HttpUpgradeHandler> upgrade();

    /** The handler that the container made. Confined to the thread of the request, then to that of the upgrade. */
    interface Upgrade {
        /**
         * Says what to do with the socket.
         *
         * @param taker called once, when the container has sent the 101
         * @param later runs what has to wait for the container, on another thread
         */
        void whenTaken(Consumer<ClientSocket> taker, Executor later);
    }

    /**
     * A client's socket. The container does not touch it any more, but counts it as its own.
     *
     * @param channel not blocking
     * @param engine of its TLS, or null
     * @param encrypted what was read and not yet decrypted
     * @param early what was read and decrypted
     * @param closer closes the socket, and tells the container; may be called by any thread
     */
    record ClientSocket(
            SocketChannel channel,
            @Nullable SSLEngine engine,
            ByteBuffer encrypted,
            ByteBuffer early,
            Runnable closer) {}
}
