package dev.gatehouse.container;

import dev.gatehouse.exchange.AnswerFields;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Undertow (WildFly) sends the fields and the reason phrase that its exchange holds. Needs no Undertow class to be
 * loaded. Thread-safe.
 */
public final class UndertowFields implements AnswerFields {
    private final AtomicBoolean isHidden = new AtomicBoolean();
    private volatile Optional<Access> access = Optional.empty();

    /** For {@link java.util.ServiceLoader}. */
    public UndertowFields() {}

    @Override
    public boolean knows(HttpServletRequest request) {
        return UndertowExchange.isOf(request) && !isHidden.get();
    }

    @Override
    public void add(HttpServletRequest request, HttpServletResponse response, String name, String value) {
        try {
            Object exchange = UndertowExchange.of(request);
            accessTo(exchange).add(exchange, name, value);
        } catch (ReflectiveOperationException e) {
            hidden(e);
            response.addHeader(name, value);
        }
    }

    @Override
    public void reason(HttpServletRequest request, String phrase) {
        try {
            Object exchange = UndertowExchange.of(request);
            accessTo(exchange).reason().invoke(exchange, phrase);
        } catch (ReflectiveOperationException e) {
            hidden(e);
        }
    }

    private void hidden(ReflectiveOperationException cause) {
        isHidden.set(true); // said once, not for every answer
        Reflection.failed("send header fields as they are", cause);
    }

    private Access accessTo(Object exchange) throws ReflectiveOperationException {
        if (access.isEmpty()) {
            access = Optional.of(Access.of(exchange.getClass()));
        }
        return access.get();
    }

    private record Access(Method fields, Method add, Constructor<?> name, Method reason) {
        static Access of(Class<?> exchange) throws ReflectiveOperationException {
            Method fields = exchange.getMethod("getResponseHeaders");
            Class<?> name = Class.forName("io.undertow.util.HttpString", true, exchange.getClassLoader());
            return new Access(
                    fields,
                    fields.getReturnType().getMethod("add", name, String.class),
                    name.getConstructor(String.class),
                    exchange.getMethod("setReasonPhrase", String.class));
        }

        void add(Object exchange, String text, String value) throws ReflectiveOperationException {
            add.invoke(fields.invoke(exchange), name.newInstance(text), value);
        }
    }
}
