package dev.gatehouse.container;

import dev.gatehouse.exchange.ClientPresence;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Undertow (WildFly): nobody reads from a connection while its request is served, so a read that does not wait tells
 * whether it is at its end; what it finds is what Undertow calls extra bytes, the beginning of the next request. With
 * HTTP/2 only the end of the connection is seen. Needs no Undertow class to be loaded. Thread-safe.
 */
public final class UndertowClientPresence implements ClientPresence {
    private final AtomicBoolean isBlind = new AtomicBoolean();
    private volatile Optional<Wire> wire = Optional.empty();

    /** For {@link java.util.ServiceLoader}. */
    public UndertowClientPresence() {}

    @Override
    public boolean knows(HttpServletRequest request) {
        return UndertowExchange.isOf(request);
    }

    @Override
    public boolean isGone(HttpServletRequest request) {
        if (isBlind.get()) {
            return false;
        }
        try {
            Object exchange = UndertowExchange.of(request);
            Object connection = UndertowExchange.call(exchange, "getConnection");
            if (!(boolean) UndertowExchange.call(connection, "isOpen")) {
                return true;
            }
            boolean isBodyRead = (boolean) UndertowExchange.call(exchange, "isRequestComplete");
            return isBodyRead
                    && UndertowExchange.isHttp1(connection)
                    && wire(connection).isAtEnd(connection);
        } catch (ReflectiveOperationException e) {
            isBlind.set(true); // said once, not for every silent backend
            return Reflection.failed("see that a client left", e);
        }
    }

    @Override
    public void cut(HttpServletRequest request) {
        try {
            UndertowExchange.call(UndertowExchange.call(UndertowExchange.of(request), "getConnection"), "close");
        } catch (ReflectiveOperationException e) {
            Reflection.failed("cut a client's connection", e);
        }
    }

    private Wire wire(Object connection) throws ReflectiveOperationException {
        if (wire.isEmpty()) {
            wire = Optional.of(Wire.of(connection.getClass()));
        }
        return wire.get();
    }

    /** The parts of a connection that speaks HTTP/1.1: its source, and the bytes that were read too early. */
    private record Wire(
            Method extraBytes, Method unget, Method source, Method read, Method pool, Method allocate, Pooled pooled) {
        private record Pooled(Method buffer, Method close) {}

        static Wire of(Class<?> connection) throws ReflectiveOperationException {
            Method source = connection.getMethod("getOriginalSourceConduit");
            Method pool = connection.getMethod("getByteBufferPool");
            Method allocate = pool.getReturnType().getMethod("allocate");
            Class<?> pooled = allocate.getReturnType();
            return new Wire(
                    connection.getMethod("getExtraBytes"),
                    connection.getMethod("ungetRequestBytes", pooled),
                    source,
                    source.getReturnType().getMethod("read", ByteBuffer.class),
                    pool,
                    allocate,
                    new Pooled(pooled.getMethod("getBuffer"), pooled.getMethod("close")));
        }

        boolean isAtEnd(Object connection) throws ReflectiveOperationException {
            if (extraBytes.invoke(connection) != null) {
                return false; // it sent its next request already
            }
            Object bytes = allocate.invoke(pool.invoke(connection));
            int count = 0;
            try {
                ByteBuffer buffer = (ByteBuffer) pooled.buffer().invoke(bytes);
                count = (int) read.invoke(source.invoke(connection), buffer);
                buffer.flip();
                return count < 0;
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof IOException) {
                    return true; // reset
                }
                throw e;
            } finally {
                if (count > 0) {
                    unget.invoke(connection, bytes);
                } else {
                    pooled.close().invoke(bytes);
                }
            }
        }
    }
}
