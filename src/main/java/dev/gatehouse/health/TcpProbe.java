package dev.gatehouse.health;

import java.nio.ByteBuffer;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/** Asks for a connection, with TLS where the settings speak it, and nothing more. Confined to the socket thread. */
final class TcpProbe extends SocketProbe {
    TcpProbe(ProbeExchange exchange) {
        super(exchange);
    }

    /** With TLS, after its handshake. */
    @Override
    public void connected(IOSession session) {
        succeed(session, new ProbeResult(ProbeCause.SUCCESS, "Success. TCP connection made"));
    }

    @Override
    void received(IOSession session, @Nullable ByteBuffer source) {}

    @Override
    public void outputReady(IOSession session) {}
}
