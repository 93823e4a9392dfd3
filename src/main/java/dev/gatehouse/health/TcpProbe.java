package dev.gatehouse.health;

import java.nio.ByteBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Asks for a connection, with TLS where the settings speak it, and nothing more. Confined to the socket thread. */
final class TcpProbe implements IOEventHandler {
    private final ProbeExchange exchange;

    TcpProbe(ProbeExchange exchange) {
        this.exchange = exchange;
    }

    /** With TLS, after its handshake. */
    @Override
    public void connected(IOSession session) {
        exchange.finishOrderly(session, new ProbeResult(ProbeCause.SUCCESS, "Success. TCP connection made"));
    }

    @Override
    public void inputReady(IOSession session, @Nullable ByteBuffer source) {}

    @Override
    public void outputReady(IOSession session) {}

    // Only a session that is closing has a time-out of its own: the backend does not answer the goodbye.
    @Override
    public void timeout(IOSession session, Timeout limit) {
        session.close(CloseMode.IMMEDIATE);
    }

    @Override
    public void exception(IOSession session, Exception cause) {
        exchange.failed(cause);
    }

    @Override
    public void disconnected(IOSession session) {
        exchange.cancel();
    }
}
