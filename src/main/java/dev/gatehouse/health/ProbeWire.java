package dev.gatehouse.health;

import dev.gatehouse.model.ProbeKind;
import dev.gatehouse.threads.OwnThreads;
import dev.gatehouse.tls.BackendTls;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.nio.ClientHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexerFactory;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.reactor.DefaultConnectingIOReactor;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends probes without blocking: one thread for all sockets. Every probe has its own connection, as PRB-7 asks.
 * Thread-safe.
 */
final class ProbeWire {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeWire.class);
    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int MAX_HEADERS = 1_000;

    /** Of the head of an answer, of whatever kind the probe is. */
    static final Http1Config HEAD_LIMITS = Http1Config.custom()
            .setMaxLineLength(MAX_HEADER_BYTES)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();

    private final ClientHttp1StreamDuplexerFactory http1;
    private final OwnThreads own = OwnThreads.named("gatehouse-probe-io");
    private final DefaultConnectingIOReactor reactor;
    private volatile boolean isClosing;

    ProbeWire() {
        http1 = new ClientHttp1StreamDuplexerFactory(
                HttpProcessorBuilder.create().build(), // adds no header to ours
                HEAD_LIMITS,
                CharCodingConfig.DEFAULT);
        reactor = new DefaultConnectingIOReactor(
                (session, attachment) -> handler(session, (ProbeExchange) attachment),
                IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build(),
                own,
                null,
                this::failed,
                null,
                null);
    }

    // A reactor that is told to stop while it works may trip over its own closed selector: nobody's concern.
    private void failed(Exception failure) {
        if (isClosing) {
            LOG.debug("probes: the socket thread ended with a failure", failure);
        } else {
            LOG.error("probes: the socket thread met an unexpected failure", failure);
        }
    }

    void start() {
        reactor.start();
    }

    /** Begins a probe. Its end is told to the exchange, always; its own deadline covers the connect. */
    void send(ProbeExchange exchange) {
        exchange.enter(ProbePhase.CONNECT);
        ProbeRequest request = exchange.request();
        exchange.connecting(
                reactor.connect(peer(request), request.target(), null, Timeout.DISABLED, exchange, exchange));
    }

    // JSSE keeps no session for a peer without a port. A resumed session would not show the certificate again, and a
    // probe is there to see that it expired or was replaced.
    private static NamedEndpoint peer(ProbeRequest request) {
        return new URIAuthority(request.serverName().orElse(request.target().getHostString()), -1);
    }

    private IOEventHandler handler(ProtocolIOSession session, ProbeExchange exchange) {
        exchange.request().tls().ifPresent(tls -> startTls(session, exchange, tls));
        ProbeKind kind = exchange.request().kind();
        if (kind instanceof ProbeKind.WebSocket webSocket) {
            return new WebSocketProbe(exchange, webSocket);
        }
        return kind instanceof ProbeKind.Tcp
                ? new TcpProbe(exchange)
                : new ClientHttp1IOEventHandler(http1.create(session));
    }

    private static void startTls(ProtocolIOSession session, ProbeExchange exchange, BackendTls tls) {
        exchange.enter(ProbePhase.TLS);
        session.startTls(
                tls.context(),
                session.getInitialEndpoint(),
                SSLBufferMode.STATIC,
                (peer, engine) -> engine.setSSLParameters(tls.parameters(
                        engine.getSSLParameters(), exchange.request().serverName())),
                null,
                null);
    }

    /** Waits, a moment at most, for the threads to end. Probes on their way must have been ended before. */
    void close() {
        isClosing = true;
        // Closing at once would take the selector from under the socket thread and leave its sockets open.
        reactor.initiateShutdown();
        try {
            reactor.awaitShutdown(TimeValue.ofMilliseconds(ProbeExecutor.LONGEST_END.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reactor.close(CloseMode.IMMEDIATE);
        if (!own.awaitEnd(ProbeExecutor.LONGEST_END)) {
            LOG.warn("probes: the socket thread did not end within {}", ProbeExecutor.LONGEST_END);
        }
    }
}
