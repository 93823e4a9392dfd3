package dev.gatehouse.container;

import dev.gatehouse.exchange.SecureProtocol;
import javax.net.ssl.SSLSession;

/**
 * Undertow (WildFly) tells a request the cipher suite but not the protocol; its connection knows. Needs no Undertow
 * class to be loaded. Stateless.
 */
public final class UndertowSecureProtocol implements SecureProtocol {
    private static final String CONTEXT = "io.undertow.servlet.handlers.ServletRequestContext";

    /** For {@link java.util.ServiceLoader}. */
    public UndertowSecureProtocol() {}

    @Override
    public String current() {
        try {
            ClassLoader ours = UndertowSecureProtocol.class.getClassLoader();
            Object context =
                    Class.forName(CONTEXT, true, ours).getMethod("current").invoke(null);
            return context == null ? "" : protocolOf(context);
        } catch (ReflectiveOperationException e) {
            return ""; // another container
        }
    }

    private static String protocolOf(Object context) throws ReflectiveOperationException {
        Object connection = call(call(context, "getExchange"), "getConnection");
        return call(connection, "getSslSession") instanceof SSLSession session ? session.getProtocol() : "";
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }
}
