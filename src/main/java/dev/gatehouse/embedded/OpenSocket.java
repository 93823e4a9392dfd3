package dev.gatehouse.embedded;

import dev.gatehouse.tls.SocketTls;
import java.util.Optional;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Service;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket with its connector. What a configuration says of it is replaced while clients stay connected, as far as Tomcat
 * allows; {@link #obstacle} tells what it does not allow. Changed by one thread at a time, readable by all.
 */
final class OpenSocket {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSocket.class);

    private final Connector connector;
    private final int headBytes;
    private volatile ListenerSocket socket;

    private OpenSocket(ListenerSocket socket, Connector connector) {
        this.socket = socket;
        this.connector = connector;
        this.headBytes = Connectors.headBytes(socket.limits());
    }

    /**
     * Makes one; nothing is opened yet.
     *
     * @throws StartRefusedException if the JVM offers no TLS
     */
    static OpenSocket of(ListenerSocket socket) throws StartRefusedException {
        OpenSocket made = new OpenSocket(socket, Connectors.of(socket));
        made.show(socket);
        return made;
    }

    ListenerSocket socket() {
        return socket;
    }

    int localPort() {
        return connector.getLocalPort();
    }

    /**
     * Binds it; clients wait until {@link #admit}.
     *
     * @param service runs already
     * @throws StartRefusedException if it cannot be bound; nothing is left of it then
     */
    void start(Service service) throws StartRefusedException {
        try {
            service.addConnector(connector);
        } catch (IllegalArgumentException e) { // Tomcat's word for a start that failed
            throw new StartRefusedException(Ports.refusal(socket, deepestMessage(e)), e);
        } finally {
            if (connector.getState() != LifecycleState.STARTED) {
                close();
            }
        }
    }

    private static String deepestMessage(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }

    void onPlainHttp(PlainHttpListener listener) {
        protocol().onPlainHttp(listener);
    }

    void admit() {
        protocol().admit();
    }

    /**
     * Why this connector cannot become what a configuration says of its address.
     *
     * @return empty if {@link #adopt} can do it
     */
    Optional<String> obstacle(ListenerSocket next) {
        if (socket.use() != next.use()) {
            return Optional.of(
                    next.use() == ListenerSocket.Use.ADMIN
                            ? "it becomes the admin address"
                            : "it is the admin address no more");
        }
        if (socket.protocol() != next.protocol()) {
            return Optional.of(socket.protocol().azureName() + " becomes "
                    + next.protocol().azureName());
        }
        if (socket.http2() != next.http2()) {
            return Optional.of(next.http2() ? "it speaks HTTP/2 from now on" : "it speaks HTTP/2 no more");
        }
        // Smaller ones need nothing: our filters look at the limits of the configuration, the connector's only bound
        // them.
        return Connectors.headBytes(next.limits()) > headBytes
                ? Optional.of("limits.uri and limits.headers allow longer heads than it was opened for")
                : Optional.empty();
    }

    /** Shows other keys and policies and has other limits from now on; nobody is disconnected. */
    void adopt(ListenerSocket next) {
        show(next);
        if (!next.limits().equals(socket.limits())) {
            Connectors.limit(connector, next.limits());
        }
        socket = next;
    }

    private void show(ListenerSocket next) {
        @Nullable SocketTls tls = next.tls();
        if (tls != null) {
            protocol().show(tls);
        }
    }

    /**
     * Takes no more connections. Those it has are served on: without keep-alive for HTTP/1.1, after GOAWAY for HTTP/2, and
     * untouched once upgraded. Pausing it, Tomcat's other way, would answer 503 to them all.
     */
    void stopListening() {
        admit(); // else the acceptor would not see the end
        connector.getProtocolHandler().closeServerSocketGraceful();
    }

    /** Whether it works on a request. Idle connections and WebSocket sessions hold no thread. */
    boolean isBusy() {
        return connector.getProtocolHandler().getExecutor() instanceof ThreadPoolExecutor threads
                && threads.getActiveCount() > 0;
    }

    boolean hasConnections() {
        return protocol().hasConnections();
    }

    /** Ends it with all its connections. */
    void close() {
        admit();
        try {
            if (connector.getState().isAvailable()) {
                connector.stop();
            }
            connector.destroy();
        } catch (LifecycleException e) {
            LOG.warn("{} did not close cleanly", socket.address(), e);
        }
    }

    private FrontProtocol protocol() {
        return (FrontProtocol) connector.getProtocolHandler();
    }
}
