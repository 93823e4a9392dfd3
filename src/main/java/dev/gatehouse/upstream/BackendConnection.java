package dev.gatehouse.upstream;

import java.io.IOException;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * One leased connection for one exchange. Closing it gives it back if the exchange went to its end, and cuts it
 * otherwise. Confined to one exchange.
 */
public final class BackendConnection implements AutoCloseable {
    private final BackendClient client;
    private final ConnectionEndpoint endpoint;
    private final boolean reused;
    private boolean reusable;
    private boolean answered;
    private boolean released;

    BackendConnection(BackendClient client, ConnectionEndpoint endpoint, boolean reused) {
        this.client = client;
        this.endpoint = endpoint;
        this.reused = reused;
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
        return endpoint.execute("", request, this::exchange, null);
    }

    private ClassicHttpResponse exchange(ClassicHttpRequest request, HttpClientConnection wire, HttpContext context)
            throws IOException, HttpException {
        wire.sendRequestHeader(request);
        boolean sentWhole = sendBody(request, wire);
        ClassicHttpResponse response = receiveHead(wire);
        if (MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
            wire.receiveResponseEntity(response);
        }
        reusable = sentWhole && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
        return response;
    }

    // A backend may answer (413, 401) and close before it took the whole body: then writing fails, but the answer is
    // there to be read (RFC 9112 §9.5).
    private static boolean sendBody(ClassicHttpRequest request, HttpClientConnection wire)
            throws IOException, HttpException {
        try {
            wire.sendRequestEntity(request);
            wire.flush();
            return true;
        } catch (RequestBodyException e) {
            throw e;
        } catch (IOException e) {
            if (request.getEntity() == null || !wire.isDataAvailable(Timeout.ONE_MILLISECOND)) {
                throw e;
            }
            return false;
        }
    }

    private ClassicHttpResponse receiveHead(HttpClientConnection wire) throws IOException, HttpException {
        ClassicHttpResponse response = wire.receiveResponseHeader();
        while (response.getCode() < HttpStatus.SC_OK) {
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
            client.release(endpoint);
            released = true;
        }
    }

    @Override
    public void close() {
        if (!released) {
            released = true;
            client.discard(endpoint);
        }
    }
}
