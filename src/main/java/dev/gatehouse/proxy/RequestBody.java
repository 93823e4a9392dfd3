package dev.gatehouse.proxy;

import dev.gatehouse.exchange.BodyFraming;
import dev.gatehouse.exchange.BodyTooLargeException;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.upstream.RequestBodyException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * The client's body on its way to a backend: streamed, never held, and flushed whenever the client pauses. Confined to
 * one exchange.
 */
final class RequestBody extends AbstractHttpEntity {
    private final HttpServletRequest request;
    private final BufferPool buffers;
    private final long length;
    private boolean untouched = true;
    private Consumer<Boolean> progress = isWriting -> {};
    private Runnable abort = () -> {};

    private RequestBody(HttpServletRequest request, BufferPool buffers, long length) {
        super((String) null, null, length < 0);
        this.request = request;
        this.buffers = buffers;
        this.length = length;
    }

    static RequestBody of(Exchange exchange, BufferPool buffers) {
        return new RequestBody(
                exchange.clientRequest(),
                buffers,
                BodyFraming.length(exchange.routed().request()));
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Who is told before and after each write to the backend. */
    void reportsTo(Consumer<Boolean> watcher) {
        progress = watcher;
    }

    /** What cuts the backend's connection: HttpCore would end a broken chunked body as if it were whole. */
    void abortsBy(Runnable cut) {
        abort = cut;
    }

    /** Whether no byte was taken from the client yet, so that a second try can send it whole. */
    boolean isUntouched() {
        return untouched;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public void writeTo(OutputStream backend) throws IOException {
        untouched = false;
        byte[] buffer = buffers.take();
        try {
            ServletInputStream client = request.getInputStream();
            int count = read(client, buffer);
            while (count >= 0) {
                progress.accept(true);
                backend.write(buffer, 0, count);
                if (count < buffer.length && available(client) <= 0) {
                    backend.flush();
                }
                progress.accept(false);
                count = read(client, buffer);
            }
        } catch (RequestBodyException e) {
            abort.run();
            throw e;
        } finally {
            buffers.give(buffer);
        }
    }

    private static int read(ServletInputStream client, byte[] buffer) throws RequestBodyException {
        try {
            return client.read(buffer);
        } catch (IOException e) {
            throw new RequestBodyException(e);
        }
    }

    // WildFly reads on to answer this, and fails here when the next chunk is broken.
    private static int available(ServletInputStream client) throws RequestBodyException {
        try {
            return client.available();
        } catch (IOException e) {
            throw new RequestBodyException(e);
        }
    }

    static ExchangeFailure failureOf(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException) {
                return ExchangeFailure.BODY_TOO_LARGE;
            }
            if (cause instanceof SocketTimeoutException) {
                return ExchangeFailure.CLIENT_SILENT;
            }
            if (cause instanceof EOFException
                    || cause instanceof SocketException
                    || cause instanceof ClosedChannelException) {
                return ExchangeFailure.CLIENT_GONE;
            }
        }
        return ExchangeFailure.CLIENT_BODY_MALFORMED;
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("written, never read");
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public void close() {
        // The container owns the client's stream.
    }
}
