package dev.gatehouse.container;

import dev.gatehouse.exchange.ClientPresence;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ActionHook;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat with NIO, its default: a read that does not wait tells whether the connection is at its end; what it finds goes back for whoever reads
 * next. With HTTP/2 the stream knows. Thread-safe.
 */
public final class TomcatClientPresence implements ClientPresence {
    private final AtomicBoolean isBlind = new AtomicBoolean();

    /** For {@link java.util.ServiceLoader}. */
    public TomcatClientPresence() {}

    @Override
    public boolean knows(HttpServletRequest request) {
        return TomcatRequests.isOne(request);
    }

    @Override
    public boolean isGone(HttpServletRequest request) {
        if (isBlind.get()) {
            return false;
        }
        try {
            return Processor.isGone(TomcatRequests.processor(request));
        } catch (Throwable e) {
            isBlind.set(true); // said once, not for every silent backend
            return Reflection.failed("see that a client left", e);
        }
    }

    @Override
    public void cut(HttpServletRequest request) {} // the connector's connectionTimeout is the limit

    // Apart, because a class is verified whole: elsewhere the one above must load without Tomcat.
    private static final class Processor {
        private static final String HTTP_2 = "org.apache.coyote.http2.StreamProcessor";
        private static final String NIO = "org.apache.tomcat.util.net.NioEndpoint$NioSocketWrapper";
        private static final MethodHandle SOCKET = TomcatRequests.getter(AbstractProcessor.class, "socketWrapper");

        static boolean isGone(ActionHook processor) throws Throwable {
            if (!(processor instanceof AbstractProcessor)) {
                return false;
            }
            AtomicBoolean mayWrite = new AtomicBoolean(true);
            processor.action(ActionCode.IS_IO_ALLOWED, mayWrite);
            SocketWrapperBase<?> socket = (SocketWrapperBase<?>) SOCKET.invoke(processor);
            if (!mayWrite.get() || socket.isClosed()) {
                return true;
            }
            return processor.getClass().getName().equals(HTTP_2) ? Stream.isReset(processor) : isAtEnd(socket);
        }

        private static boolean isAtEnd(SocketWrapperBase<?> socket) {
            boolean readsAtOnce = socket.getClass().getName().equals(NIO); // NIO2 would begin to read
            if (!readsAtOnce || !socket.getSocketBufferHandler().isReadBufferEmpty()) {
                return false; // or it sent more than was read yet
            }
            byte[] one = new byte[1];
            try {
                int count = socket.read(false, one, 0, 1);
                if (count > 0) {
                    socket.unRead(ByteBuffer.wrap(one));
                }
                return count < 0;
            } catch (IOException e) {
                return true; // at its end, or reset
            }
        }

        /** HTTP/2, whose classes Tomcat hides. */
        private static final class Stream {
            private static final MethodHandle STREAM;
            private static final MethodHandle CAN_WRITE;

            static {
                try {
                    Class<?> processor = Class.forName(HTTP_2, true, AbstractProcessor.class.getClassLoader());
                    STREAM = Reflection.getter(processor, "stream");
                    CAN_WRITE = Reflection.hidden(STREAM.type().returnType(), "canWrite");
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("this Tomcat hides its HTTP/2 streams", e);
                }
            }

            static boolean isReset(ActionHook processor) throws Throwable {
                return !(boolean) CAN_WRITE.invoke(STREAM.invoke(processor));
            }
        }
    }
}
