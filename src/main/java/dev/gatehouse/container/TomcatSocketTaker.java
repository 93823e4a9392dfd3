package dev.gatehouse.container;

import dev.gatehouse.websocket.ClientSocketTaker;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.lang.invoke.MethodHandle;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.ActionHook;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat with NIO, its default: a socket that was upgraded is left to us and stays on Tomcat's books. Stateless. */
public final class TomcatSocketTaker implements ClientSocketTaker {
    /** For {@link java.util.ServiceLoader}. */
    public TomcatSocketTaker() {}

    @Override
    public boolean knows(HttpServletRequest request) {
        try {
            return TomcatRequests.isOne(request) && Processor.isNio(TomcatRequests.processor(request));
        } catch (Throwable e) {
            return Reflection.failed("take over upgraded sockets", e);
        }
    }

    @Override
    public Class<? extends HttpUpgradeHandler> upgrade() {
        return TomcatSocketUpgrade.class;
    }

    // Apart, because a class is verified whole: elsewhere the one above must load without Tomcat.
    private static final class Processor {
        private static final String NIO = "org.apache.tomcat.util.net.NioEndpoint$NioSocketWrapper";
        private static final MethodHandle SOCKET = TomcatRequests.getter(AbstractProcessor.class, "socketWrapper");

        static boolean isNio(ActionHook processor) throws Throwable {
            return processor instanceof AbstractProcessor
                    && ((SocketWrapperBase<?>) SOCKET.invoke(processor))
                            .getClass()
                            .getName()
                            .equals(NIO)
                    && TomcatBuffers.isKnown();
        }
    }
}
