package dev.gatehouse.upstream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * One leased connection for one exchange. Closing it gives it back if the exchange went to its end, and cuts it
 * otherwise. Confined to one exchange.
 */
public final class BackendConnection implements AutoCloseable {
    private static final int MOST_INTERIM = 100;

    private final BackendClient client;
    private final ConnectionKeeper keeper;
    private final ConnectionEndpoint endpoint;
    private final boolean reused;
    private WriteWatch.@Nullable Entry watched;
    private boolean isCheckedFirst;
    private boolean reusable;
    private boolean answered;
    private boolean released;

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
     * Sends a request and waits for the head of the answer; the body is read by the caller from the entity.
     *
     * @param request complete, framing headers included
     * @return the answer, not yet reusable: see {@link #finished}
     * @throws RequestBodyException if the client's body could not be read
     * @throws IOException if the backend failed
     * @throws HttpException if the backend's answer is not HTTP
     */
    public ClassicHttpResponse send(ClassicHttpRequest request) throws IOException, HttpException {
        if (request.getEntity() == null) {
            return endpoint.execute("", request, this::exchange, null);
        }
        try (WriteWatch.Entry entry = client.watch(endpoint)) {
            watched = entry;
            return endpoint.execute("", request, this::exchange, null);
        }
    }

    private ClassicHttpResponse exchange(ClassicHttpRequest request, HttpClientConnection wire, HttpContext context)
            throws IOException, HttpException {
        if (isCheckedFirst && wire.isStale()) {
            throw new StaleConnectionException("the connection ended while it rested");
        }
        if (reused && hasBytes(wire)) {
            throw new StaleConnectionException("bytes that nobody asked for stand in the pooled connection");
        }
        wire.sendRequestHeader(request);
        boolean sentWhole = sendBody(request, wire);
        ClassicHttpResponse response = receiveHead(wire);
        if (MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
            wire.receiveResponseEntity(response);
        }
        // What follows the head of an answer to HEAD would be taken for the next answer, whoever that is for.
        boolean isHead = request.getMethod().equals("HEAD");
        reusable =
                sentWhole && !isHead && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
        return response;
    }

    // Before a request: an answer too long, or a 408 sent while the connection rested, must not become somebody else's.
    // After a broken one: the answer that made the backend stop reading. Over TLS the bytes say nothing.
    private static boolean hasBytes(HttpClientConnection wire) throws IOException {
        return wire instanceof ManagedHttpClientConnection managed
                && managed.getSSLSession() == null
                && managed.getSocket().getInputStream().available() > 0;
    }

    // A backend may answer (413, 401) and close before it took the whole body: then writing fails, but the answer is
    // there to be read (RFC 9112 §9.5).
    private boolean sendBody(ClassicHttpRequest request, HttpClientConnection wire) throws IOException, HttpException {
        try {
            wire.sendRequestEntity(request);
            wire.flush();
            if (watched != null) {
                watched.close(); // from here on the socket's own time-out counts
            }
            return true;
        } catch (RequestBodyException e) {
            throw e;
        } catch (IOException e) {
            if (watched != null && watched.hasCut()) {
                throw (IOException) new SocketTimeoutException("backend took no more of the body").initCause(e);
            }
            if (request.getEntity() == null || !hasBytes(wire)) {
                throw e;
            }
            return false;
        }
    }

    private ClassicHttpResponse receiveHead(HttpClientConnection wire) throws IOException, HttpException {
        ClassicHttpResponse response = wire.receiveResponseHeader();
        for (int interim = 1; response.getCode() < HttpStatus.SC_OK; interim++) {
            if (interim > MOST_INTERIM) {
                throw new ProtocolException("more than " + MOST_INTERIM + " interim answers");
            }
            if (response.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
                throw new ProtocolException("101 to a request that asked for no upgrade");
            }
            response = wire.receiveResponseHeader();
        }
        answered = true;
        return response;
    }

    /**
     * Whether the connection had carried an exchange before; only then may it have been dead without anyone knowing.
     *
     * @return true if it came from the pool
     */
    public boolean isReused() {
        return reused;
    }

    /**
     * To be called around every write of a body to the backend, so that one that never ends is noticed (REQ-40).
     *
     * @param isWriting true before the write, false after it
     */
    public void writing(boolean isWriting) {
        if (watched != null) {
            watched.writing(isWriting);
        }
    }

    /**
     * Whether the head of an answer arrived.
     *
     * @return true from then on
     */
    public boolean isAnswered() {
        return answered;
    }

    /** Declares that the answer was read to its end, so that the connection may serve again if both sides agreed. */
    public void finished() {
        if (reusable) {
            keeper.release(endpoint);
            released = true;
        }
    }

    @Override
    public void close() {
        if (!released) {
            released = true;
            keeper.discard(endpoint);
        }
    }
}
