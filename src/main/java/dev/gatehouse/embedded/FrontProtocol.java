package dev.gatehouse.embedded;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** Tomcat's HTTP/1.1 on NIO with our own reading of heads. Thread-safe once started. */
final class FrontProtocol extends Http11NioProtocol {
    private final Duration headerTimeout;

    FrontProtocol(Duration headerTimeout) {
        super(new FrontEndpoint());
        this.headerTimeout = headerTimeout;
    }

    /** Hears of clients that speak plain HTTP where TLS is to come. */
    void onPlainHttp(PlainHttpListener listener) {
        ((FrontEndpoint) getEndpoint()).onPlainHttp(listener);
    }

    @Override
    protected Processor createProcessor() {
        return new FrontProcessor(this, getAdapter(), headerTimeout);
    }
}
