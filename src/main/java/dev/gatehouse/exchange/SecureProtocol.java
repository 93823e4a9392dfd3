package dev.gatehouse.exchange;

import java.util.List;
import java.util.ServiceLoader;

/**
 * The TLS version of the client's connection, in a container that does not put it among the request's attributes as
 * Servlet 6.1 wants it. Found by {@link ServiceLoader}. Stateless.
 */
public interface SecureProtocol {
    /**
     * The version of the request that this thread serves.
     *
     * @return for example {@code TLSv1.3}; empty in any other container
     */
    String current();

    /**
     * What the container tells of the request that this thread serves.
     *
     * @return for example {@code TLSv1.3}; empty if it tells nothing
     */
    static String known() {
        for (SecureProtocol each : Loaded.ALL) {
            String protocol = each.current();
            if (!protocol.isEmpty()) {
                return protocol;
            }
        }
        return "";
    }

    /** Looked for once: a container does not change. */
    final class Loaded {
        private static final List<SecureProtocol> ALL =
                ServiceLoader.load(SecureProtocol.class, SecureProtocol.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();

        private Loaded() {}
    }
}
