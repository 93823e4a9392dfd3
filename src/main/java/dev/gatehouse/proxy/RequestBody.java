package dev.gatehouse.proxy;

import dev.gatehouse.exchange.BodyFraming;
import dev.gatehouse.exchange.BodyTooLargeException;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.TrailerFields;
import dev.gatehouse.exchange.TrailerGate;
import dev.gatehouse.proxy.FailedTry.Remedy;
import dev.gatehouse.spool.Spool;
import dev.gatehouse.spool.SpoolSpace;
import dev.gatehouse.upstream.BodyProgress;
import dev.gatehouse.upstream.RequestBodyException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/**
 * The client's body on its way to a backend (REQ-7). Buffered, it is taken from the client before a backend is used, as
 * far as there is room; the rest, or all of it where the gateway does not buffer, is streamed and flushed whenever the
 * client pauses. Confined to one exchange.
 */
final class RequestBody extends AbstractHttpEntity {
    private final HttpServletRequest request;
    private final SpoolSpace space;
    private final BooleanSupplier isStopping;
    private final boolean isBuffered;
    private final long length;
    private @Nullable Spool spool;
    private boolean isWhole;
    private boolean untouched = true;
    private boolean isWritten = true;
    private long written;
    private BodyProgress progress = BodyProgress.UNWATCHED;

    private RequestBody(
            HttpServletRequest request, SpoolSpace space, BooleanSupplier isStopping, boolean isBuffered, long length) {
        super((String) null, null, length < 0);
        this.request = request;
        this.space = space;
        this.isStopping = isStopping;
        this.isBuffered = isBuffered;
        this.length = length;
    }

    static RequestBody of(Exchange exchange, SpoolSpace space, BooleanSupplier isStopping) {
        HttpServletRequest request = exchange.clientRequest();
        long length = BodyFraming.length(exchange.routed().request());
        if (length < 0) {
            TrailerGate.open(request, TrailerFields.announced(request.getHeaders("Trailer")));
        }
        boolean isBuffered = exchange.snapshot()
                .configuration()
                .gateway()
                .globalConfiguration()
                .enableRequestBuffering();
        return new RequestBody(request, space, isStopping, isBuffered, length);
    }

    SpoolSpace space() {
        return space;
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isBuffered() {
        return isBuffered;
    }

    /**
     * Takes the body from the client, as far as there is room, if bodies are buffered. Containers answer
     * {@code Expect: 100-continue} with the first read (REQ-8).
     */
    void keep() throws FailedTry {
        if (!isBuffered || length == 0) {
            return;
        }
        Spool kept = space.newSpool();
        spool = kept;
        try {
            isWhole = kept.fill(client());
        } catch (IOException e) {
            throw new FailedTry(failureOf(e), Remedy.NONE, e);
        }
    }

    /** Gives back what was kept. */
    void forget() {
        if (spool != null) {
            spool.close();
            spool = null;
        }
    }

    /** Who is told before and after each write to the backend. */
    void reportsTo(BodyProgress watcher) {
        progress = watcher;
    }

    /** Whether a second try can send it whole: it is all here, or no byte of it was taken from the client yet. */
    boolean isReplayable() {
        return isWhole || untouched;
    }

    /** Whether some of it was still to be written to the backend. */
    boolean isUnderWay() {
        return !isWritten;
    }

    /** Bytes that the last backend was sent. */
    long written() {
        return written;
    }

    /** Whether no byte of it was written to a backend yet. */
    boolean isUnsent() {
        return untouched;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public void writeTo(OutputStream backend) throws IOException {
        untouched = false;
        isWritten = false;
        ReportedOutput out = new ReportedOutput(backend, progress);
        try {
            if (spool != null) {
                spool.writeTo(out);
            }
            if (!isWhole) {
                stream(out);
            }
            isWritten = true;
        } catch (IOException | RuntimeException e) {
            progress.abort(); // or HttpCore would end a broken chunked body as if it were whole
            throw e;
        } finally {
            written = out.written();
        }
    }

    private void stream(ReportedOutput backend) throws IOException {
        byte[] buffer = space.buffers().take();
        try {
            backend.flush();
            InputStream client = client();
            for (int count = read(client, buffer); count >= 0; count = read(client, buffer)) {
                backend.write(buffer, 0, count);
                if (count < buffer.length && available(client) <= 0) {
                    backend.flush();
                }
            }
        } finally {
            space.buffers().give(buffer);
        }
    }

    private InputStream client() throws IOException {
        return new ClientBody(request.getInputStream(), isStopping);
    }

    private static int read(InputStream client, byte[] buffer) throws RequestBodyException {
        try {
            return client.read(buffer);
        } catch (IOException e) {
            throw new RequestBodyException(e);
        }
    }

    // WildFly reads on to answer this, and fails here when the next chunk is broken.
    private static int available(InputStream client) throws RequestBodyException {
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
            if (cause instanceof StoppingException) {
                return ExchangeFailure.NOT_READY;
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
    public @Nullable Supplier<List<? extends Header>> getTrailers() {
        return length < 0 ? this::trailers : null;
    }

    // Asked when the body was written, so the client's are here too.
    private List<Header> trailers() {
        List<Header> trailers = new ArrayList<>();
        if (request.isTrailerFieldsReady()) {
            request.getTrailerFields().forEach((name, value) -> {
                if (TrailerFields.mayFollow(name)) {
                    trailers.add(new BasicHeader(name, value));
                }
            });
        }
        return trailers;
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
        // The container owns the client's stream, and a second try may want what was kept.
    }
}
