package dev.gatehouse.container;

import dev.gatehouse.exchange.ServerNameIndication;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.ActionHook;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat keeps the name with the socket, also of HTTP/2. Thread-safe. */
public final class TomcatServerName implements ServerNameIndication {
    /** For {@link java.util.ServiceLoader}. */
    public TomcatServerName() {}

    @Override
    public boolean knows(HttpServletRequest request) {
        return TomcatRequests.isOne(request);
    }

    @Override
    public String name(HttpServletRequest request) {
        try {
            return Processor.serverName(TomcatRequests.processor(request));
        } catch (Throwable e) {
            Reflection.failed("see for which name a TLS connection was made", e);
            return "";
        }
    }

    // Apart, because a class is verified whole: elsewhere the one above must load without Tomcat.
    private static final class Processor {
        private static final MethodHandle SOCKET = TomcatRequests.getter(AbstractProcessor.class, "socketWrapper");

        static String serverName(ActionHook processor) throws Throwable {
            SocketWrapperBase<?> socket = (SocketWrapperBase<?>) SOCKET.invoke(processor);
            return Objects.requireNonNullElse(socket.getSniHostName(), "");
        }
    }
}
