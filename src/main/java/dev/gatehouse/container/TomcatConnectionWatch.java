package dev.gatehouse.container;

import dev.gatehouse.exchange.ClientConnectionWatch;
import jakarta.servlet.ServletRequest;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Tomcat's connections: behind a request stands the wrapper of its socket, one for each connection and never used
 * again, which knows when it was closed (10.1 and 11). Needs no Tomcat class to be loaded. Thread-safe.
 */
public final class TomcatConnectionWatch implements ClientConnectionWatch {
    private static final String FACADE = "org.apache.catalina.connector.RequestFacade";

    /** For {@link java.util.ServiceLoader}. */
    public TomcatConnectionWatch() {}

    @Override
    public Optional<BooleanSupplier> isOpen(ServletRequest asked) {
        ServletRequest request = Received.within(asked);
        if (!request.getClass().getName().equals(FACADE)) {
            return Optional.empty();
        }
        try {
            Object wrapper = socketWrapperOf(request);
            MethodHandle isClosed = Reflection.method(wrapper.getClass(), "isClosed");
            return Optional.of(() -> isOpen(isClosed, wrapper));
        } catch (Throwable e) {
            Reflection.failed("see when a client's connection ends", e);
            return Optional.empty();
        }
    }

    private static Object socketWrapperOf(ServletRequest facade) throws Throwable {
        Object request = Reflection.getter(facade.getClass(), "request").invoke(facade);
        Object coyoteRequest =
                Reflection.method(request.getClass(), "getCoyoteRequest").invoke(request);
        Object processor = Reflection.getter(coyoteRequest.getClass(), "hook").invoke(coyoteRequest);
        return Reflection.getter(processor.getClass(), "socketWrapper").invoke(processor);
    }

    private static boolean isOpen(MethodHandle isClosed, Object wrapper) {
        try {
            return !(boolean) isClosed.invoke(wrapper);
        } catch (Throwable e) {
            return Reflection.failed("see whether a client's connection has ended", e);
        }
    }
}
