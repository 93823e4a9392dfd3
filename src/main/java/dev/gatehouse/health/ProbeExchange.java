package dev.gatehouse.health;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * One probe on its way: connect, ask, judge, and tell the result exactly once, whoever ends it first. The socket thread
 * drives it; {@link #expire} and {@link #failed} may come from any thread.
 */
final class ProbeExchange implements AsyncClientExchangeHandler, FutureCallback<IOSession> {
    private final ProbeRequest request;
    private final Consumer<ProbeResult> whenDone;
    private final AtomicBoolean isDone = new AtomicBoolean();
    private volatile ProbePhase phase = ProbePhase.CONNECT;
    private volatile @Nullable Future<IOSession> connecting;
    private volatile @Nullable IOSession session;
    // Of the socket thread alone:
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Charset charset = StandardCharsets.UTF_8;
    private int status;

    /**
     * Creates one.
     *
     * @param request what to ask
     * @param whenDone called once, on the thread that ended it
     */
    ProbeExchange(ProbeRequest request, Consumer<ProbeResult> whenDone) {
        this.request = request;
        this.whenDone = whenDone;
    }

    ProbeRequest request() {
        return request;
    }

    boolean isDone() {
        return isDone.get();
    }

    void enter(ProbePhase next) {
        phase = next;
    }

    /** Hands over the pending connection, so that it can be cut. */
    void connecting(Future<IOSession> pending) {
        connecting = pending;
        if (isDone()) {
            pending.cancel(true);
        }
    }

    /** The probe's time is over. */
    void expire() {
        finish(phase.expired(request));
    }

    private void finish(ProbeResult result) {
        if (isDone.compareAndSet(false, true)) {
            cut();
            whenDone.accept(result);
        }
    }

    private void cut() {
        Future<IOSession> pending = connecting;
        if (pending != null) {
            pending.cancel(true);
        }
        IOSession open = session;
        if (open != null) {
            open.close(CloseMode.IMMEDIATE);
        }
    }

    @Override
    public void completed(IOSession connected) {
        session = connected;
        if (isDone()) {
            connected.close(CloseMode.IMMEDIATE);
            return;
        }
        connected.enqueue(new RequestExecutionCommand(this, HttpCoreContext.create()), Command.Priority.NORMAL);
    }

    @Override
    public void failed(Exception cause) {
        finish(ProbeFailures.of(cause, phase, request));
    }

    @Override
    public void cancelled() {
        releaseResources();
    }

    @Override
    public void cancel() {
        releaseResources();
    }

    @Override
    public void releaseResources() {
        finish(ProbeFailures.closed(phase, request));
    }

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        phase = ProbePhase.HEAD;
        BasicHttpRequest head = new BasicHttpRequest("GET", null, null, request.path());
        head.addHeader("Host", request.hostHeader());
        head.addHeader("User-Agent", "Gatehouse-Probe");
        head.addHeader("Accept", "*/*");
        head.addHeader("Connection", "close");
        channel.sendRequest(head, null, context);
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public void produce(DataStreamChannel channel) {}

    @Override
    public void consumeInformation(HttpResponse response, HttpContext context) {}

    @Override
    public void consumeResponse(HttpResponse response, @Nullable EntityDetails entity, HttpContext context) {
        status = response.getCode();
        if (!ProbeJudge.needsBody(request, status)) {
            finish(ProbeJudge.status(request, status));
        } else if (entity == null) {
            judgeBody();
        } else {
            phase = ProbePhase.BODY;
            charset = charset(entity);
        }
    }

    private static Charset charset(EntityDetails entity) {
        ContentType type = ContentType.parseLenient(entity.getContentType());
        Charset declared = type == null ? null : type.getCharset();
        return declared == null ? StandardCharsets.UTF_8 : declared;
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer source) {
        byte[] part = new byte[Math.min(source.remaining(), ProbeJudge.MAX_BODY_BYTES - body.size())];
        source.get(part);
        body.write(part, 0, part.length);
        if (body.size() == ProbeJudge.MAX_BODY_BYTES) {
            judgeBody();
        }
        source.position(source.limit()); // nothing beyond the limit is of interest
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        judgeBody();
    }

    private void judgeBody() {
        if (!isDone()) {
            finish(ProbeJudge.body(request, status, body.toByteArray(), charset));
        }
    }
}
