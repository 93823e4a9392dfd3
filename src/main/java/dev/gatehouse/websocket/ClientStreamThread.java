package dev.gatehouse.websocket;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A container that fills the stream of an upgraded connection on a thread of its own even before it calls, so that nobody
 * else may read from it, nor ask it anything. Found by {@link java.util.ServiceLoader}. Thread-safe.
 */
@FunctionalInterface
public interface ClientStreamThread {
    /**
     * The thread of a connection.
     *
     * @param request a handshake, as the container gave it
     * @return runs on that thread; empty if any thread may read
     */
    Optional<Executor> of(HttpServletRequest request);
}
