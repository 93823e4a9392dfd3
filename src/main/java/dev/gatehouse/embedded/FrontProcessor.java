package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.net.SocketTimeoutException;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's processor, stricter: fields on several lines are refused (RFC 9112 §5.2), a head that is not complete in time
 * gets 408 however many pieces it comes in, and a client that begins with HTTP/2 on a plain port gets 400 (REQ-2,
 * REQ-3). Confined to one connection at a time.
 */
final class FrontProcessor extends Http11Processor {
    private static final VarHandle HTTP_09;
    private final FrontProtocol front;

    static {
        try {
            HTTP_09 = MethodHandles.privateLookupIn(Http11Processor.class, MethodHandles.lookup())
                    .findVarHandle(Http11Processor.class, "http09", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    FrontProcessor(FrontProtocol front, Adapter adapter) {
        super(front, adapter);
        this.front = front;
        readStrictly((Http11InputBuffer) request.getInputBuffer());
    }

    // Tomcat has no switch for it, and once it has parsed nobody can tell any more: it joins the lines in its buffer.
    private void readStrictly(Http11InputBuffer input) {
        try {
            Field parser = Http11InputBuffer.class.getDeclaredField("httpHeaderParser");
            parser.setAccessible(true);
            parser.set(input, new StrictHeaderParser(input, request.getMimeHeaders()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Tomcat reads header fields in another way: " + e.getMessage(), e);
        }
    }

    // Tomcat asks for it when a request is complete or refused, and answers one of HTTP/0.9 without a head: its client
    // would not see the 400.
    @Override
    public Adapter getAdapter() {
        if (request.protocol().equals("")) {
            HTTP_09.set(this, false);
        }
        return super.getAdapter();
    }

    // Tomcat refuses an underscore in Host; Azure and its backends do not, and names of containers have them.
    @Override
    protected void parseHost(@Nullable MessageBytes host) {
        if (host == null || host.isNull() || host.getByteChunk().indexOf('_', 0) < 0) {
            super.parseHost(host);
            return;
        }
        byte[] masked = host.toString().replace('_', '-').getBytes(ISO_8859_1);
        MessageBytes parsable = MessageBytes.newInstance();
        parsable.setBytes(masked, 0, masked.length);
        super.parseHost(parsable);
        if (!getErrorState().isError()) {
            int length = request.serverName().toString().length();
            request.serverName().setString(host.toString().substring(0, length));
        }
    }

    @Override
    public SocketState process(SocketWrapperBase<?> socket, SocketEvent event) throws IOException {
        boolean isTimeout = event == SocketEvent.ERROR && socket.getError() instanceof SocketTimeoutException;
        return isTimeout && isHeadBegun() && !isAsync() && !isUpgrade() ? refuse(408) : super.process(socket, event);
    }

    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        if (isHeadBegun() && nanosLeft() <= 0) {
            return refuse(408);
        }
        SocketState state = super.service(socket);
        if (state == SocketState.UPGRADING && getUpgradeToken() == null) {
            return refuse(400); // the connection preface of HTTP/2, which only ALPN may lead to (REQ-2)
        }
        if (state == SocketState.LONG && !isAsync() && isHeadBegun()) {
            // Tomcat would wait anew after every piece.
            socket.setReadTimeout(Math.max(1, nanosLeft() / 1_000_000));
        }
        return state;
    }

    private boolean isHeadBegun() {
        return request.getStartTimeNanos() != -1;
    }

    private long nanosLeft() {
        return front.headerNanos() - (System.nanoTime() - request.getStartTimeNanos());
    }

    // Through the adapter, where RefusalValve makes the page.
    private SocketState refuse(int status) {
        response.setStatus(status);
        setErrorState(ErrorState.CLOSE_CLEAN, null);
        if (request.protocol().isNull()) {
            request.protocol().setString("HTTP/1.1");
        }
        try {
            getAdapter().service(request, response);
        } catch (Exception e) {
            setErrorState(ErrorState.CLOSE_CONNECTION_NOW, e);
        }
        return SocketState.CLOSED;
    }
}
