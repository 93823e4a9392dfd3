package dev.gatehouse.container;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.invoke.MethodHandle;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.apache.coyote.ActionHook;

/** What stands behind Tomcat's requests. Stateless. */
final class TomcatRequests {
    private static final String FACADE = "org.apache.catalina.connector.RequestFacade";

    private TomcatRequests() {}

    static boolean isOne(HttpServletRequest request) {
        return Received.within(request).getClass().getName().equals(FACADE);
    }

    /** The processor that serves a request: Http11Processor, or StreamProcessor with HTTP/2. */
    static ActionHook processor(HttpServletRequest request) throws Throwable {
        return Behind.processor(request);
    }

    /** What the connector read. */
    static org.apache.coyote.Request coyote(HttpServletRequest request) throws Throwable {
        return Behind.coyote(request);
    }

    /** Reads a field that some Tomcat may not have. */
    static MethodHandle getter(Class<?> type, String name) {
        try {
            return Reflection.getter(type, name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Tomcat has no " + type.getName() + "." + name, e);
        }
    }

    // Apart, because a class is verified whole: elsewhere the one above must load without Tomcat.
    private static final class Behind {
        private static final MethodHandle REQUEST = getter(RequestFacade.class, "request");
        private static final MethodHandle HOOK = getter(org.apache.coyote.Request.class, "hook");

        static ActionHook processor(HttpServletRequest request) throws Throwable {
            return (ActionHook) HOOK.invoke(coyote(request));
        }

        static org.apache.coyote.Request coyote(HttpServletRequest request) throws Throwable {
            return ((Request) REQUEST.invoke(Received.within(request))).getCoyoteRequest();
        }
    }
}
