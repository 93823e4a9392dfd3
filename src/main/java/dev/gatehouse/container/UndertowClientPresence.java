package dev.gatehouse.container;

import dev.gatehouse.exchange.ClientPresence;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Undertow (WildFly): nobody reads from a connection while its request is served, so a read that does not wait tells
 * whether it is at its end; what it finds is what Undertow calls extra bytes, the beginning of the next request. Needs no
 * Undertow class to be loaded. Thread-safe.
 */
public final class UndertowClientPresence implements ClientPresence {
    private final AtomicBoolean isBlind = new AtomicBoolean();

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
                    && UndertowExchange.call(connection, "getExtraBytes") == null
                    && isAtEnd(connection);
        } catch (ReflectiveOperationException e) {
            isBlind.set(true); // said once, not for every silent backend
            return Reflection.failed("see that a client left", e);
        }
    }

    private static boolean isAtEnd(Object connection) throws ReflectiveOperationException {
        Object source = UndertowExchange.call(connection, "getOriginalSourceConduit");
        Method read = UndertowExchange.methodOf(connection, "getOriginalSourceConduit", "read", ByteBuffer.class);
        Object pool = UndertowExchange.call(connection, "getByteBufferPool");
        Object pooled = UndertowExchange.methodOf(connection, "getByteBufferPool", "allocate")
                .invoke(pool);
        int count = 0;
        try {
            ByteBuffer buffer = (ByteBuffer) bufferOf(connection).invoke(pooled);
            count = (int) read.invoke(source, buffer);
            buffer.flip();
            return count < 0;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException) {
                return true; // reset
            }
            throw e;
        } finally {
            keep(connection, pooled, count);
        }
    }

    private static void keep(Object connection, Object pooled, int count) throws ReflectiveOperationException {
        Class<?> type = pooledType(connection);
        if (count > 0) {
            connection.getClass().getMethod("ungetRequestBytes", type).invoke(connection, pooled);
        } else {
            type.getMethod("close").invoke(pooled);
        }
    }

    private static Method bufferOf(Object connection) throws ReflectiveOperationException {
        return pooledType(connection).getMethod("getBuffer");
    }

    private static Class<?> pooledType(Object connection) throws ReflectiveOperationException {
        return UndertowExchange.methodOf(connection, "getByteBufferPool", "allocate")
                .getReturnType();
    }
}
