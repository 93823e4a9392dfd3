package dev.gatehouse.health;

import dev.gatehouse.model.ProbeKind;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * One probe on its way: its connection, and its result, which it tells exactly once, whoever ends it first. The socket
 * thread drives it; {@link #expire} and {@link #failed} may come from any thread.
 */
final class ProbeExchange implements FutureCallback<IOSession> {
    private final ProbeRequest request;
    private final Consumer<ProbeResult> whenDone;
    private final AtomicBoolean isDone = new AtomicBoolean();
    private volatile ProbePhase phase = ProbePhase.CONNECT;
    private volatile @Nullable Future<IOSession> connecting;
    private volatile @Nullable IOSession session;

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

    /** Ends it and cuts the connection. */
    void finish(ProbeResult result) {
        if (isDone.compareAndSet(false, true)) {
            cut();
            whenDone.accept(result);
        }
    }

    /** Ends it on the socket thread, and lets what was written reach the backend. */
    void finishOrderly(IOSession open, ProbeResult result) {
        if (isDone.compareAndSet(false, true)) {
            open.close(CloseMode.GRACEFUL);
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
        } else if (request.kind().equals(ProbeKind.HTTP)) {
            connected.enqueue(
                    new RequestExecutionCommand(new HttpProbe(this), HttpCoreContext.create()),
                    Command.Priority.NORMAL);
        }
    }

    @Override
    public void failed(Exception cause) {
        finish(ProbeFailures.of(cause, phase, request.address()));
    }

    @Override
    public void cancelled() {
        cancel();
    }

    /** Ends it without a result of its own: the connection was closed, here or there. */
    void cancel() {
        finish(ProbeFailures.closed(phase, request));
    }
}
