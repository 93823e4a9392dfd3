package dev.gatehouse.upstream;

import dev.gatehouse.spool.SpoolSpace;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One leased connection for one exchange. Closing it gives it back if the exchange went to its end, and cuts it
 * otherwise. Confined to one exchange.
 */
public final class BackendConnection implements BodyProgress, AutoCloseable {
    private static final long SOCKET_BYTES = 8 * 1024;
    private static final Timeout LATE_ANSWER_WAIT = Timeout.ofSeconds(1);

    private final BackendClient client;
    private final ConnectionKeeper keeper;
    private final ConnectionEndpoint endpoint;
    private final boolean reused;
    private Patience patience = () -> true;
    private Consumer<ClassicHttpResponse> interim = head -> {};
    private @Nullable BackendSocket socket;
    private WriteWatch.@Nullable Entry watched;
    private boolean isCheckedFirst;
    private boolean reusable;
    private boolean answered;
    private boolean leftBody;
    private final AtomicBoolean isReleased = new AtomicBoolean();

    BackendConnection(BackendClient client, ConnectionKeeper keeper, ConnectionEndpoint endpoint, boolean reused) {
        this.client = client;
        this.keeper = keeper;
        this.endpoint = endpoint;
        this.reused = reused;
    }

    /** Says whether to look first if the backend ended it meanwhile; the pool does so by itself. */
    BackendConnection checkedFirst(boolean isChecked) {
        isCheckedFirst = isChecked;
        return this;
    }

    /**
     * Sets who is asked, while the backend is silent, whether to wait on.
     *
     * @param asked by the thread that reads
     * @return this
     */
    public BackendConnection waitsFor(Patience asked) {
        patience = asked;
        return this;
    }

    /**
     * Sets who gets interim answers other than 100, as they come.
     *
     * @param taker of heads with status 102-199
     * @return this
     */
    public BackendConnection tellsInterim(Consumer<ClassicHttpResponse> taker) {
        interim = taker;
        return this;
    }

    /**
     * Our side of the connection.
     *
     * @return its port; 0 before anything was sent
     */
    public int localPort() {
        @Nullable BackendSocket below = socket;
        return below == null ? 0 : below.getLocalPort();
    }

    /**
     * Sends a request and waits for the head of the answer; the body is read by the caller from the entity.
     *
     * @param request complete, framing headers included
     * @param space keeps what the backend answers while it is still being sent the body
     * @return the answer, not yet reusable: see {@link #finished}
     * @throws RequestBodyException if the client's body could not be read
     * @throws AbandonedException if nobody wants the answer any more; perhaps as the cause of another exception
     * @throws IOException if the backend failed
     * @throws HttpException if the backend's answer is not HTTP
     */
    public ClassicHttpResponse send(ClassicHttpRequest request, SpoolSpace space) throws IOException, HttpException {
        return endpoint.execute(
                "", request, (head, wire, context) -> exchange(head, (BackendWire) wire, context, space), null);
    }

    private ClassicHttpResponse exchange(
            ClassicHttpRequest request, BackendWire wire, HttpContext context, SpoolSpace space)
            throws IOException, HttpException {
        @Nullable BackendSocket below = wire.socket();
        boolean isChecked = isCheckedFirst || reused && isUnrepeatable(request) && below != null && below.hasRested();
        if (isChecked && wire.isStale()) {
            throw new StaleConnectionException("the connection ended while it rested");
        }
        if (reused && hasBytes(wire)) {
            throw new StaleConnectionException("bytes that nobody asked for stand in the pooled connection");
        }
        if (below != null) {
            socket = below;
            below.waitsFor(patience);
        }
        AnswerHeads heads = new AnswerHeads(wire, interim);
        boolean asks = request.containsHeader("Expect");
        if (asks) {
            heads.requireQuiet(reused);
        }
        wire.sendRequestHeader(request);
        @Nullable ClassicHttpResponse response = asks ? heads.awaitContinue(reused) : null;
        leftBody = response != null;
        boolean sentWhole = !leftBody && sendBody(request, wire, space);
        if (response == null) {
            response = heads.receive();
        }
        answered = true;
        if (MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
            wire.receiveResponseEntity(response);
        }
        // What follows the head of an answer to HEAD would be taken for the next answer, whoever that is for.
        boolean isHead = request.getMethod().equals("HEAD");
        reusable =
                sentWhole && !isHead && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
        return response;
    }

    // What may not be sent twice must not meet a connection that the backend ended without a word (RFC 9112 §9.3.1).
    // Looking costs a read of a millisecond; everything else is simply sent again.
    private static boolean isUnrepeatable(ClassicHttpRequest request) {
        return !Method.isIdempotent(request.getMethod());
    }

    // Before a request: an answer too long, or a 408 sent while the connection rested, must not become somebody else's.
    // Over TLS the bytes say nothing.
    private static boolean hasBytes(BackendWire wire) throws IOException {
        return wire.isPlain() && wire.getSocket().getInputStream().available() > 0;
    }

    private boolean sendBody(ClassicHttpRequest request, BackendWire wire, SpoolSpace space)
            throws IOException, HttpException {
        @Nullable BackendSocket below = socket;
        if (below == null || fitsSocket(request.getEntity())) {
            return sendBody(request, wire);
        }
        try (WriteWatch.Entry entry =
                client.watch(endpoint, below, below.beginUpload(space), wire.isPlain())) { // from its end the socket's
            watched = entry; // own time-out counts
            return sendBody(request, wire);
        }
    }

    // The system takes so much at once, so that nothing needs to watch it: small bodies stay cheap.
    private static boolean fitsSocket(@Nullable HttpEntity body) {
        return body == null || (body.getContentLength() >= 0 && body.getContentLength() <= SOCKET_BYTES);
    }

    // A backend may answer (413, 401) and close, or read no more, before it took the whole body: then writing fails,
    // but
    // the answer is there to be read (RFC 9112 §9.5).
    private boolean sendBody(ClassicHttpRequest request, BackendWire wire) throws IOException, HttpException {
        try {
            wire.sendRequestEntity(request);
            wire.flush();
            return true;
        } catch (RequestBodyException e) {
            throw e;
        } catch (IOException e) {
            if (!wire.isOpen() || socket == null || socket.getInputStream().available() == 0) {
                throw watched != null && watched.hasCut() ? silence(e) : e;
            }
            if (!wire.isPlain()) { // what is there may be no answer, but records of TLS itself
                wire.setSocketTimeout(LATE_ANSWER_WAIT);
            }
            return false;
        }
    }

    private static IOException silence(IOException cause) {
        return (IOException) new SocketTimeoutException("backend took no more of the body").initCause(cause);
    }

    /**
     * Whether the connection had carried an exchange before; only then may it have been dead without anyone knowing.
     *
     * @return true if it came from the pool
     */
    public boolean isReused() {
        return reused;
    }

    @Override
    public void writing(boolean isWriting) {
        if (watched != null) {
            watched.writing(isWriting);
        }
    }

    @Override
    public boolean isRefused() throws IOException {
        return watched != null && watched.isRefused();
    }

    @Override
    public void abort() {
        if (watched != null) {
            watched.abort();
        }
    }

    /**
     * Whether the backend answered without ever asking for the body it was promised (REQ-8).
     *
     * @return true if the client's body was not touched
     */
    public boolean hasLeftBody() {
        return leftBody;
    }

    /**
     * Whether the head of an answer arrived.
     *
     * @return true from then on
     */
    public boolean isAnswered() {
        return answered;
    }

    /**
     * Declares that the answer was read to its end, so that the connection may serve again if both sides agreed. May be
     * called by the thread that read it.
     */
    public void finished() {
        if (reusable && !isReleased.getAndSet(true)) {
            if (socket == null || socket.endExchange()) {
                keeper.release(endpoint);
            } else {
                keeper.discard(endpoint);
            }
        }
    }

    /** Ends it in the midst of the exchange: whoever reads or writes finds it closed. May be called by any thread. */
    public void cut() {
        if (!isReleased.getAndSet(true)) {
            keeper.discard(endpoint);
        }
    }

    @Override
    public void close() {
        if (!isReleased.getAndSet(true)) {
            keeper.discard(endpoint);
            if (socket != null) {
                socket.forget();
            }
        }
    }
}
