package dev.gatehouse.container;

import dev.gatehouse.exchange.ServerNameIndication;
import jakarta.servlet.http.HttpServletRequest;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;

/** Undertow (WildFly): the connection's TLS session knows. Needs no Undertow class to be loaded. Thread-safe. */
public final class UndertowServerName implements ServerNameIndication {
    /** For {@link java.util.ServiceLoader}. */
    public UndertowServerName() {}

    @Override
    public boolean knows(HttpServletRequest request) {
        return UndertowExchange.isOf(request);
    }

    @Override
    public String name(HttpServletRequest request) {
        try {
            Object connection = UndertowExchange.call(UndertowExchange.of(request), "getConnection");
            return UndertowExchange.call(connection, "getSslSession") instanceof ExtendedSSLSession session
                    ? nameOf(session)
                    : "";
        } catch (ReflectiveOperationException e) {
            Reflection.failed("see for which name a TLS connection was made", e);
            return "";
        }
    }

    private static String nameOf(ExtendedSSLSession session) {
        for (SNIServerName name : session.getRequestedServerNames()) {
            if (name instanceof SNIHostName host) {
                return host.getAsciiName();
            }
        }
        return "";
    }
}
