package dev.gatehouse.upstream;

import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.tls.BackendTls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Pooled HTTP/1.1 connections to the members of every pool that shares one settings entry (REQ-44). A pooled
 * connection is found again only by equal address, port and TLS server name. Of HttpClient 5 it uses the connection
 * manager alone: redirects, cookies, authentication, decompression and automatic repeats are absent. Thread-safe.
 */
public final class BackendClient implements AutoCloseable {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final TimeValue KEEP_ALIVE = TimeValue.ofSeconds(60);
    // A check costs one read with a time-out, so only connections that rested are checked.
    private static final TimeValue CHECK_AFTER_REST = TimeValue.ofSeconds(1);
    private static final int MAX_CONNECTIONS = 20_000;
    private static final int MAX_CONNECTIONS_PER_UPSTREAM = 5_000;
    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int MAX_HEADERS = 1_000;
    private static final int BUFFER_BYTES = 8 * 1024;

    private final BackendHttpSettings settings;
    private final BackendTls tls;
    private final Timeout connectTimeout;
    private final PoolingHttpClientConnectionManager connections;
    private final WriteWatch writeWatch;

    /**
     * Creates an empty pool of connections.
     *
     * @param settings decide protocol and time-outs
     * @param tls trust and names for Https
     */
    public BackendClient(BackendHttpSettings settings, BackendTls tls) {
        this.settings = settings;
        this.tls = tls;
        Duration limit = settings.requestTimeout();
        this.connectTimeout = Timeout.of(limit.compareTo(LONGEST_CONNECT) < 0 ? limit : LONGEST_CONNECT); // REQ-40
        this.connections = connections();
        this.writeWatch = new WriteWatch(limit);
    }

    private PoolingHttpClientConnectionManager connections() {
        Timeout silence = Timeout.of(settings.requestTimeout());
        Http1Config wire = Http1Config.custom()
                .setBufferSize(BUFFER_BYTES)
                .setMaxLineLength(MAX_HEADER_BYTES)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        return new OwnSockets()
                .setConnectionFactory(socket -> new BackendWire(wire))
                .setTlsSocketStrategy((socket, name, port, attachment, context) -> upgrade(socket, name, port))
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS_PER_UPSTREAM)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(silence)
                        .setTcpNoDelay(true)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connectTimeout)
                        .setSocketTimeout(silence)
                        .setValidateAfterInactivity(CHECK_AFTER_REST)
                        .build())
                .build();
    }

    /**
     * Takes a connection to a member, made now or used before. The caller owns it and must close it.
     *
     * @param upstream the member
     * @param requestHost host of the client's request, a candidate for the TLS server name (TLS-42)
     * @return an open connection
     * @throws IOException if none could be had in time; nothing was sent then, so another member may be tried (REQ-38)
     */
    public BackendConnection connect(Upstream upstream, String requestHost) throws IOException {
        LeaseRequest request = connections.lease("", route(upstream, requestHost), connectTimeout, null);
        ConnectionEndpoint endpoint = lease(request);
        boolean reused = endpoint.isConnected();
        if (!reused) {
            dial(endpoint);
        }
        return new BackendConnection(this, endpoint, reused);
    }

    private ConnectionEndpoint lease(LeaseRequest request) throws IOException {
        try {
            return request.get(connectTimeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for a connection").initCause(e);
        } catch (TimeoutException e) {
            throw new ConnectionsExhaustedException(
                    "no connection became free within " + connectTimeout + " (limit " + MAX_CONNECTIONS_PER_UPSTREAM
                            + " for each backend)",
                    e);
        } catch (ExecutionException e) {
            throw new IOException("no connection: " + e.getCause(), e);
        }
    }

    private void dial(ConnectionEndpoint endpoint) throws IOException {
        boolean connected = false;
        try {
            connections.connect(endpoint, connectTimeout, HttpClientContext.create());
            connected = true;
        } finally {
            if (!connected) {
                discard(endpoint);
            }
        }
    }

    private HttpRoute route(Upstream upstream, String requestHost) {
        if (settings.protocol() == Protocol.HTTP) {
            return upstream.plainRoute();
        }
        String name = tls.serverName(upstream.address(), requestHost).orElse(upstream.dialHost());
        NamedEndpoint serverName = new URIAuthority(name, upstream.dialPort());
        HttpHost dialled = new HttpHost("https", upstream.dialHost(), upstream.dialPort());
        return new HttpRoute(dialled, serverName, null, true);
    }

    // RFC 8446 §4.2.11 sessions are kept by the context, so a new connection resumes where the backend lets it
    // (TLS-46).
    private SSLSocket upgrade(Socket plain, String name, int port) throws IOException {
        SSLSocket socket = (SSLSocket) tls.context().getSocketFactory().createSocket(plain, name, port, true);
        socket.setSSLParameters(tls.parameters(socket.getSSLParameters(), nameToCheck(name)));
        int readTimeout = socket.getSoTimeout();
        socket.setSoTimeout(connectTimeout.toMillisecondsIntBound());
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        socket.setSoTimeout(readTimeout);
        return socket;
    }

    private static Optional<String> nameToCheck(String name) {
        return Optional.of(name).filter(text -> !HostText.isIpLiteral(text));
    }

    WriteWatch.Entry watch(ConnectionEndpoint endpoint, BackendSocket socket, EarlyAnswer early, boolean isPlain) {
        return writeWatch.watch(endpoint, socket, early, isPlain);
    }

    void release(ConnectionEndpoint endpoint) {
        connections.release(endpoint, null, KEEP_ALIVE);
    }

    void discard(ConnectionEndpoint endpoint) {
        endpoint.close(CloseMode.IMMEDIATE); // a graceful close would read the rest of the body first
        connections.release(endpoint, null, TimeValue.ZERO_MILLISECONDS);
    }

    /** Drops all idle connections: after one was found dead, its neighbours most likely are too. */
    public void dropIdle() {
        connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
    }

    /**
     * Trust and names for these settings.
     *
     * @return shared with probes and WebSocket sessions
     */
    public BackendTls tls() {
        return tls;
    }

    /**
     * The longest time a connection may take to be made, TLS included.
     *
     * @return the smaller of {@code requestTimeout} and 5 s (REQ-40)
     */
    public Duration connectTimeout() {
        return connectTimeout.toDuration();
    }

    @Override
    public void close() {
        writeWatch.close();
        connections.close(CloseMode.IMMEDIATE);
    }

    /** Makes {@link BackendSocket}s, and TLS above them. */
    private static final class OwnSockets extends PoolingHttpClientConnectionManagerBuilder {
        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(
                    proxy -> new BackendSocket(), ports, names, scheme -> scheme.equals("https") ? tls : null);
        }
    }
}
