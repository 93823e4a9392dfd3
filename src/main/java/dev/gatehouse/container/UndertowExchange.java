package dev.gatehouse.container;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;

/** What stands behind Undertow's requests (WildFly), reached without any class of its own. Stateless. */
final class UndertowExchange {
    private static final String REQUEST = "io.undertow.servlet.spec.HttpServletRequestImpl";
    private static final String HTTP_1 = "io.undertow.server.protocol.http.HttpServerConnection";

    private UndertowExchange() {}

    static boolean isOf(HttpServletRequest request) {
        return Received.within(request).getClass().getName().equals(REQUEST);
    }

    static Object of(HttpServletRequest request) throws ReflectiveOperationException {
        return call(Received.within(request), "getExchange");
    }

    static boolean isHttp1(Object connection) {
        return connection.getClass().getName().equals(HTTP_1);
    }

    /** Calls a public method of a public class. */
    static Object call(Object target, String name) throws ReflectiveOperationException {
        return target.getClass().getMethod(name).invoke(target);
    }

    /** A public method of what a getter promises; the object behind it may be of a hidden class. */
    static Method methodOf(Object owner, String getter, String name, Class<?>... parameters)
            throws ReflectiveOperationException {
        return owner.getClass().getMethod(getter).getReturnType().getMethod(name, parameters);
    }
}
