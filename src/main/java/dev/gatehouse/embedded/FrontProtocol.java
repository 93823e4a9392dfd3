package dev.gatehouse.embedded;

import dev.gatehouse.tls.SocketTls;
import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** Tomcat's HTTP/1.1 on NIO with our own reading of heads. Thread-safe once started. */
final class FrontProtocol extends Http11NioProtocol {
    private final FrontEndpoint endpoint;
    private final ListenerSocket.Use use;
    private volatile long headerNanos;

    FrontProtocol(ListenerSocket.Use use) {
        this(new FrontEndpoint(), use);
    }

    private FrontProtocol(FrontEndpoint endpoint, ListenerSocket.Use use) {
        super(endpoint);
        this.endpoint = endpoint;
        this.use = use;
    }

    ListenerSocket.Use use() {
        return use;
    }

    /** Sets the longest time for a head; for those that have begun already too. */
    void setHeaderTimeout(Duration timeout) {
        headerNanos = timeout.toNanos();
    }

    long headerNanos() {
        return headerNanos;
    }

    /** Hears of clients that speak plain HTTP where TLS is to come. */
    void onPlainHttp(PlainHttpListener listener) {
        endpoint.onPlainHttp(listener);
    }

    /** What clients of an Https socket are shown from now on. */
    void show(SocketTls tls) {
        endpoint.show(tls);
    }

    /** Lets clients in, who wait in the system's queue until then. */
    void admit() {
        endpoint.admit();
    }

    /** Whether a client is connected. */
    boolean hasConnections() {
        return !endpoint.getConnections().isEmpty();
    }

    @Override
    protected Processor createProcessor() {
        return new FrontProcessor(this, getAdapter());
    }
}
