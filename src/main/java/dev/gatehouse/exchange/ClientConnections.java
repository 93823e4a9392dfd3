package dev.gatehouse.exchange;

import dev.gatehouse.upstream.ClientConnection;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connection of a request: its name through the Servlet API, its end through what the container offers
 * (REQ-44). Thread-safe.
 */
final class ClientConnections {
    private static final List<ClientConnectionWatch> WATCHES =
            ServiceLoader.load(ClientConnectionWatch.class, ClientConnectionWatch.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private ClientConnections() {}

    static ClientConnection of(ServletRequest request) {
        @Nullable ServletConnection connection = request.getServletConnection();
        @Nullable String id = connection == null ? null : connection.getConnectionId();
        return new ClientConnection(id == null ? "" : id, isOpen(unwrapped(request)));
    }

    private static BooleanSupplier isOpen(ServletRequest request) {
        for (ClientConnectionWatch watch : WATCHES) {
            Optional<BooleanSupplier> found = watch.isOpen(request);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return () -> true; // nobody can say: the idle limit must do
    }

    private static ServletRequest unwrapped(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }
}
