package dev.gatehouse.container;

import dev.gatehouse.exchange.EarlyHints;
import dev.gatehouse.exchange.HeaderFields;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.ActionHook;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat: its responses can send the fields they have as 103, a method ahead of the Servlet API.
 * Thread-safe.
 */
public final class TomcatEarlyHints implements EarlyHints {
    private final AtomicBoolean isMute = new AtomicBoolean();

    /** For {@link java.util.ServiceLoader}. */
    public TomcatEarlyHints() {}

    @Override
    public boolean knows(HttpServletRequest request) {
        return TomcatRequests.isOne(request);
    }

    @Override
    public void send(HttpServletRequest request, HttpServletResponse response, HeaderFields fields) throws IOException {
        if (isMute.get()) {
            return;
        }
        fields.writeTo(response::addHeader);
        try {
            Reflection.method(response.getClass(), "sendEarlyHints").invoke(response);
            Socket.flush(TomcatRequests.processor(request));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            isMute.set(true);
            Reflection.failed("send early hints", e);
        } finally {
            response.reset(); // the answer has fields of its own
        }
    }

    // Apart, because a class is verified whole: elsewhere the one above must load without Tomcat.
    private static final class Socket {
        private static final MethodHandle SOCKET = TomcatRequests.getter(AbstractProcessor.class, "socketWrapper");

        // With HTTP/1.1 the hints would wait in the socket's buffer for the answer.
        static void flush(ActionHook processor) throws Throwable {
            if (processor instanceof Http11Processor) { // or the stricter one of our own jar
                ((SocketWrapperBase<?>) SOCKET.invoke(processor)).flush(true);
            }
        }
    }
}
