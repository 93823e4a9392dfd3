package dev.gatehouse.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.model.ProbeKind;
import dev.gatehouse.upstream.HandshakeKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.security.SecureRandom;
import java.util.Optional;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a WebSocket by an opening handshake, judges the answer, and says goodbye (RFC 6455 §4.1, §7). HttpCore's
 * client takes no 101, so the few bytes are written and read here. Confined to the socket thread.
 */
final class WebSocketProbe extends SocketProbe {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PIECE_BYTES = 8 * 1024;

    private final ProbeKind.WebSocket kind;
    private final String key = HandshakeKey.next();
    private final ByteBuffer handshake;
    private final AnswerHead head = new AnswerHead();

    WebSocketProbe(ProbeExchange exchange, ProbeKind.WebSocket kind) {
        super(exchange);
        this.kind = kind;
        this.handshake = ByteBuffer.wrap(handshake(exchange.request()).getBytes(UTF_8));
    }

    private String handshake(ProbeRequest request) {
        String offer = kind.subprotocol() == null ? "" : "Sec-WebSocket-Protocol: " + kind.subprotocol() + "\r\n";
        return "GET " + request.path() + " HTTP/1.1\r\n"
                + "Host: " + request.hostHeader() + "\r\n"
                + "User-Agent: Gatehouse-Probe\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + key + "\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + offer
                + "\r\n";
    }

    @Override
    public void connected(IOSession session) throws IOException {
        exchange().enter(ProbePhase.HEAD);
        session.setEvent(SelectionKey.OP_READ);
        outputReady(session);
    }

    @Override
    public void outputReady(IOSession session) throws IOException {
        session.write(handshake);
        if (handshake.hasRemaining()) {
            session.setEvent(SelectionKey.OP_WRITE);
        } else {
            session.clearEvent(SelectionKey.OP_WRITE);
        }
    }

    @Override
    void received(IOSession session, @Nullable ByteBuffer source) throws IOException {
        if (source != null) {
            take(session, source);
        }
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        int count = 1;
        while (!exchange().isDone() && count > 0) {
            count = session.read(piece.clear());
            take(session, piece.flip());
        }
        if (count < 0) {
            exchange().cancel();
        }
    }

    private void take(IOSession session, ByteBuffer piece) throws IOException {
        try {
            while (piece.hasRemaining() && !exchange().isDone()) {
                Optional<HttpResponse> answer = head.take(piece);
                // Interim answers may come first (RFC 9110 §15.2); 101 is the last of its kind.
                answer.filter(whole -> whole.getCode() == 101 || whole.getCode() >= 200)
                        .ifPresent(whole -> judge(session, whole));
            }
        } catch (HttpException e) {
            exchange().failed(e);
        }
    }

    private void judge(IOSession session, HttpResponse answer) {
        ProbeResult result = HandshakeJudge.result(exchange().request(), kind, key, answer);
        if (result.cause().isSuccess()) {
            sayGoodbye(session, result);
        } else {
            exchange().finish(result);
        }
    }

    private void sayGoodbye(IOSession session, ProbeResult result) {
        try {
            session.write(ByteBuffer.wrap(close()));
        } catch (IOException e) {
            exchange().failed(e); // it has broken since
        }
        succeed(session, result);
    }

    /** Status 1000, masked as all that a client sends (RFC 6455 §5.3, §5.5.1). */
    private static byte[] close() {
        byte[] mask = new byte[4];
        RANDOM.nextBytes(mask);
        return new byte[] {
            (byte) 0x88,
            (byte) 0x82,
            mask[0],
            mask[1],
            mask[2],
            mask[3],
            (byte) (1000 >> 8 ^ mask[0]),
            (byte) (1000 ^ mask[1])
        };
    }
}
