package dev.gatehouse.container;

import dev.gatehouse.websocket.ClientStreamThread;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Undertow (WildFly): a connection belongs to one of its I/O threads. Needs no Undertow class to be loaded. Stateless. */
public final class UndertowStreamThread implements ClientStreamThread {
    /** For {@link java.util.ServiceLoader}. */
    public UndertowStreamThread() {}

    @Override
    public Optional<Executor> of(HttpServletRequest request) {
        if (!UndertowExchange.isOf(request)) {
            return Optional.empty();
        }
        try {
            return Optional.of((Executor) UndertowExchange.call(UndertowExchange.of(request), "getIoThread"));
        } catch (ReflectiveOperationException | ClassCastException e) {
            Reflection.failed("run something on a connection's own thread", e);
            return Optional.empty();
        }
    }
}
