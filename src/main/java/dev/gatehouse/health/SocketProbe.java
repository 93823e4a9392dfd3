package dev.gatehouse.health;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** A probe that speaks on the socket itself, TLS or not, beneath HttpCore's client. Confined to the socket thread. */
abstract class SocketProbe implements IOEventHandler {
    /** A TLS backend may take so long to answer the goodbye; then the connection is cut. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final ProbeExchange exchange;
    private long saidGoodbye;

    SocketProbe(ProbeExchange exchange) {
        this.exchange = exchange;
    }

    ProbeExchange exchange() {
        return exchange;
    }

    /** Ends it well, and lets what was written reach the backend. */
    void succeed(IOSession session, ProbeResult result) {
        saidGoodbye = System.nanoTime();
        session.setSocketTimeout(Timeout.of(GOODBYE));
        exchange.finishOrderly(session, result);
    }

    /** What came before the end. */
    abstract void received(IOSession session, @Nullable ByteBuffer source) throws IOException;

    @Override
    public final void inputReady(IOSession session, @Nullable ByteBuffer source) throws IOException {
        if (!exchange.isDone()) {
            received(session, source);
        } else if (System.nanoTime() - saidGoodbye > GOODBYE.toNanos()) {
            session.close(CloseMode.IMMEDIATE); // one that talks on is never silent long enough for timeout()
        }
    }

    @Override
    public final void timeout(IOSession session, Timeout limit) {
        session.close(CloseMode.IMMEDIATE);
    }

    @Override
    public final void exception(IOSession session, Exception cause) {
        exchange.failed(cause);
    }

    @Override
    public final void disconnected(IOSession session) {
        exchange.cancel();
    }
}
