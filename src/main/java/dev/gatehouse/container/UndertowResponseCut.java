package dev.gatehouse.container;

import dev.gatehouse.exchange.ResponseCut;
import java.io.Closeable;
import java.io.IOException;

/**
 * Undertow (WildFly) ends a begun answer cleanly, last chunk included, whatever a filter throws: so the connection is
 * closed before. Needs no Undertow class to be loaded. Stateless.
 */
public final class UndertowResponseCut implements ResponseCut {
    private static final String CONTEXT = "io.undertow.servlet.handlers.ServletRequestContext";

    /** For {@link java.util.ServiceLoader}. */
    public UndertowResponseCut() {}

    @Override
    public boolean isAvailable() {
        try {
            return current() != null;
        } catch (ReflectiveOperationException e) {
            return false; // another container
        }
    }

    @Override
    public IOException toException(String words) {
        try {
            Object exchange = call(current(), "getExchange");
            if (call(exchange, "getConnection") instanceof Closeable connection) {
                connection.close();
            }
        } catch (ReflectiveOperationException | IOException e) {
            Reflection.failed("cut a broken answer", e);
        }
        return new IOException(words);
    }

    private static Object current() throws ReflectiveOperationException {
        ClassLoader ours = UndertowResponseCut.class.getClassLoader();
        return Class.forName(CONTEXT, true, ours).getMethod("current").invoke(null);
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }
}
