package dev.gatehouse.container;

import dev.gatehouse.exchange.ClientConnectionWatch;
import jakarta.servlet.ServletRequest;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Undertow's connections (WildFly), which know whether they are open. Needs no Undertow class to be loaded.
 * Thread-safe.
 */
public final class UndertowConnectionWatch implements ClientConnectionWatch {
    private static final String REQUEST = "io.undertow.servlet.spec.HttpServletRequestImpl";

    /** For {@link java.util.ServiceLoader}. */
    public UndertowConnectionWatch() {}

    @Override
    public Optional<BooleanSupplier> isOpen(ServletRequest asked) {
        ServletRequest request = Received.within(asked);
        if (!request.getClass().getName().equals(REQUEST)) {
            return Optional.empty();
        }
        try {
            Object exchange =
                    Reflection.method(request.getClass(), "getExchange").invoke(request);
            Object connection =
                    Reflection.method(exchange.getClass(), "getConnection").invoke(exchange);
            MethodHandle isOpen = Reflection.method(connection.getClass(), "isOpen");
            return Optional.of(() -> isOpen(isOpen, connection));
        } catch (Throwable e) {
            Reflection.failed("see when a client's connection ends", e);
            return Optional.empty();
        }
    }

    private static boolean isOpen(MethodHandle isOpen, Object connection) {
        try {
            return (boolean) isOpen.invoke(connection);
        } catch (Throwable e) {
            return Reflection.failed("see whether a client's connection has ended", e);
        }
    }
}
