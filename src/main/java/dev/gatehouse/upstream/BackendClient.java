package dev.gatehouse.upstream;

import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.tls.BackendTls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
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
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pooled HTTP/1.1 connections to the members of every pool that shares one settings entry (REQ-44). A pooled
 * connection is found again only by equal address, port and TLS server name. Of HttpClient 5 it uses the connection
 * manager alone: redirects, cookies, authentication, decompression and automatic repeats are absent. Thread-safe.
 */
public final class BackendClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackendClient.class);
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
    private volatile boolean isRetired;
    private final @Nullable DedicatedConnections dedicated;
    private final ConnectionKeeper shared = new ConnectionKeeper() {
        @Override
        public void release(ConnectionEndpoint endpoint) {
            BackendClient.this.release(endpoint);
        }

        @Override
        public void discard(ConnectionEndpoint endpoint) {
            BackendClient.this.discard(endpoint);
        }
    };

    /**
     * Creates an empty pool of connections with a timer of its own.
     *
     * @param settings decide protocol and time-outs
     * @param tls trust and names for Https
     */
    public BackendClient(BackendHttpSettings settings, BackendTls tls) {
        this(settings, tls, new BackendTimer(), ClientLimits.DEFAULT.keepAliveTimeout());
    }

    /**
     * Creates an empty pool of connections.
     *
     * @param settings decide protocol and time-outs
     * @param tls trust and names for Https
     * @param timer looks after connections; closed by its owner
     * @param clientsIdle longest time that a client's connection rests (REQ-5); one dedicated to it rests no longer
     */
    public BackendClient(BackendHttpSettings settings, BackendTls tls, BackendTimer timer, Duration clientsIdle) {
        this.settings = settings;
        this.tls = tls;
        this.dedicated = settings.dedicatedBackendConnection()
                ? new DedicatedConnections(clientsIdle, this::discard, timer)
                : null;
        Duration limit = settings.requestTimeout();
        this.connectTimeout = Timeout.of(limit.compareTo(LONGEST_CONNECT) < 0 ? limit : LONGEST_CONNECT); // REQ-40
        this.connections = connections();
        this.writeWatch = new WriteWatch(limit, timer);
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
        return open(upstream, requestHost, false);
    }

    /**
     * Makes a connection to a member and drops those at rest: after one was found dead, its neighbours most likely are
     * too. The caller owns it and must close it.
     *
     * @param upstream the member
     * @param requestHost host of the client's request
     * @return an open connection that nobody used before
     * @throws IOException if it could not be had in time; nothing was sent then
     */
    public BackendConnection connectAnew(Upstream upstream, String requestHost) throws IOException {
        return open(upstream, requestHost, true);
    }

    private BackendConnection open(Upstream upstream, String requestHost, boolean isNew) throws IOException {
        HttpRoute route = route(upstream, requestHost);
        ConnectionEndpoint endpoint = isNew ? leaseUnconnected(route) : lease(route);
        boolean reused = endpoint.isConnected();
        if (!reused) {
            dial(upstream, endpoint);
        }
        return new BackendConnection(this, shared, endpoint, reused);
    }

    /**
     * Takes the connection that belongs to a client's connection, or makes it (REQ-44). The caller owns it and must
     * close it.
     *
     * @param owner the client's connection
     * @param upstream the member
     * @param requestHost host of the client's request
     * @return an open connection that no other client ever used or will use
     * @throws IOException if none could be had in time; nothing was sent then
     */
    public BackendConnection connectFor(ClientConnection owner, Upstream upstream, String requestHost)
            throws IOException {
        DedicatedConnections own = Objects.requireNonNull(dedicated, "settings dedicate no connections");
        HttpRoute route = route(upstream, requestHost);
        ConnectionKeeper keeper = own.keeperFor(owner, upstream, route);
        DedicatedConnections.@Nullable Kept kept = own.take(owner, upstream, route);
        if (kept != null) {
            boolean hasRested = System.nanoTime() - kept.since() > CHECK_AFTER_REST.toNanoseconds();
            return new BackendConnection(this, keeper, kept.endpoint(), true).checkedFirst(hasRested);
        }
        ConnectionEndpoint endpoint = leaseUnconnected(route);
        dial(upstream, endpoint);
        return new BackendConnection(this, keeper, endpoint, false);
    }

    /**
     * The member that a client's own connection leads to.
     *
     * @param owner the client's connection
     * @return empty if it has none, or if the settings dedicate none
     */
    public Optional<Upstream> memberOf(ClientConnection owner) {
        return dedicated == null ? Optional.empty() : dedicated.memberOf(owner);
    }

    /** Only connections that never carried anything are unconnected; those at rest go. */
    private ConnectionEndpoint leaseUnconnected(HttpRoute route) throws IOException {
        ConnectionEndpoint endpoint = lease(route);
        while (endpoint.isConnected()) {
            discard(endpoint);
            endpoint = lease(route);
        }
        return endpoint;
    }

    private ConnectionEndpoint lease(HttpRoute route) throws IOException {
        LeaseRequest request = connections.lease("", route, connectTimeout, null);
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

    private void dial(Upstream upstream, ConnectionEndpoint endpoint) throws IOException {
        boolean connected = false;
        try {
            connections.connect(endpoint, connectTimeout, HttpClientContext.create());
            upstream.rest().end();
            connected = true;
        } finally {
            if (!connected) {
                upstream.rest().begin();
                discard(endpoint);
            }
        }
    }

    private HttpRoute route(Upstream upstream, String requestHost) throws UnknownHostException {
        if (settings.protocol() == Protocol.HTTP) {
            return upstream.plainRoute();
        }
        Optional<String> name = tls.serverName(upstream.address(), requestHost);
        NamedEndpoint serverName =
                new URIAuthority(name.isPresent() ? name.get() : upstream.literal(), upstream.dialPort());
        return new HttpRoute(upstream.secureHost(), serverName, null, true);
    }

    // RFC 8446 §4.2.11 sessions are kept by the context, so a new connection resumes where the backend lets it
    // (TLS-46).
    private SSLSocket upgrade(Socket plain, String name, int port) throws IOException {
        SSLSocket socket = (SSLSocket) tls.context().getSocketFactory().createSocket(plain, name, port, true);
        socket.setSSLParameters(tls.parameters(socket.getSSLParameters(), BackendTls.sendable(name)));
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

    WriteWatch.Entry watch(ConnectionEndpoint endpoint, BackendSocket socket, EarlyAnswer early, boolean isPlain) {
        return writeWatch.watch(endpoint, socket, early, isPlain);
    }

    private void release(ConnectionEndpoint endpoint) {
        connections.release(endpoint, null, isRetired ? TimeValue.ZERO_MILLISECONDS : KEEP_ALIVE);
    }

    private void discard(ConnectionEndpoint endpoint) {
        endpoint.close(CloseMode.IMMEDIATE); // a graceful close would read the rest of the body first
        connections.release(endpoint, null, TimeValue.ZERO_MILLISECONDS);
    }

    /**
     * Drops the connections to a member that are at rest: after one was found dead, its neighbours most likely are too.
     *
     * @param upstream the member
     * @param requestHost host of the client's request
     */
    public void dropIdle(Upstream upstream, String requestHost) {
        try {
            discard(leaseUnconnected(route(upstream, requestHost)));
        } catch (IOException e) {
            LOG.debug("{}: nothing at rest could be dropped", upstream, e); // all are in use, and die one by one
        }
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

    /**
     * Serves a configuration that is replaced: what is in use goes on and is closed when it is over, what is at rest is
     * closed now.
     */
    public void retire() {
        isRetired = true;
        if (dedicated != null) {
            dedicated.close();
        }
        connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
    }

    /**
     * Whether a connection is in use.
     *
     * @return false if closing it disturbs nobody
     */
    public boolean isBusy() {
        return connections.getTotalStats().getLeased() > 0;
    }

    @Override
    public void close() {
        if (dedicated != null) {
            dedicated.close();
        }
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
