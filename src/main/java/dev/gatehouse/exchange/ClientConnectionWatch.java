package dev.gatehouse.exchange;

import jakarta.servlet.ServletRequest;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Tells whether the connection that a request came on is still there, after the request is over: the Servlet API names
 * connections and does not say when they end. Found by {@link java.util.ServiceLoader}. Thread-safe.
 */
public interface ClientConnectionWatch {
    /**
     * Watches the connection of a request.
     *
     * @param request a request that is being served, as the container gave it
     * @return asked from any thread, at any time; empty if another container made the request
     */
    Optional<BooleanSupplier> isOpen(ServletRequest request);
}
