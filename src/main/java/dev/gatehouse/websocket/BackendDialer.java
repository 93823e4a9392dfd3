package dev.gatehouse.websocket;

import dev.gatehouse.exchange.BackendHead;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.WebSocketHandshake;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.model.WebSocketSettings.Mode;
import dev.gatehouse.tls.BackendTls;
import dev.gatehouse.upstream.HandshakeKey;
import dev.gatehouse.upstream.Upstream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a backend for a session: connect, TLS, handshake, on the calling thread. The connection must stand within
 * min(requestTimeout, 5 s), the answer's head must be there within requestTimeout (REQ-40, WS-12). Thread-safe.
 */
final class BackendDialer {
    private final BackendLoops loops;

    BackendDialer(BackendLoops loops) {
        this.loops = loops;
    }

    /**
     * Dials a member.
     *
     * @param mode whose handshake the backend gets: ours, or the client's
     * @return the answer; a 101 is checked (WS-14)
     * @throws FailedDial if there is none that can be passed on
     */
    BackendAnswer dial(Exchange exchange, Upstream upstream, Mode mode) throws FailedDial {
        long now = System.nanoTime();
        long connectBy = now + exchange.pool().client().connectTimeout().toNanos();
        long answerBy = now + exchange.pool().settings().requestTimeout().toNanos();
        Connection connection = connect(exchange, upstream, connectBy);
        try {
            return mode == Mode.RELAY
                    ? askAlike(exchange, connection, upstream, answerBy)
                    : askAnew(exchange, connection, upstream, answerBy);
        } catch (FailedDial | RuntimeException e) {
            connection.socket().close();
            throw e;
        }
    }

    private BackendAnswer askAnew(Exchange exchange, Connection connection, Upstream upstream, long answerBy)
            throws FailedDial {
        String key = HandshakeKey.next();
        boolean mayCompress =
                exchange.snapshot().configuration().local().webSocket().compression()
                        == WebSocketSettings.Compression.BOTH;
        BackendAnswer answer = ask(connection, upstream, head(exchange, upstream, key, mayCompress), answerBy);
        if (answer.isAccepted()) {
            List<String> offered =
                    WebSocketHandshake.subprotocols(exchange.routed().request());
            check(HandshakeCheck.fault(answer.head(), key, offered, mayCompress));
        }
        return answer;
    }

    // The client judges the answer to its key and its extensions itself.
    private BackendAnswer askAlike(Exchange exchange, Connection connection, Upstream upstream, long answerBy)
            throws FailedDial {
        RequestHeadWriter writer = new RequestHeadWriter(BackendHead.target(exchange.routed()));
        WebSocketHandshake.writeRelayedHead(exchange.routed(), upstream, exchange.traceId(), writer);
        BackendAnswer answer = ask(connection, upstream, writer.finish(), answerBy);
        if (answer.isAccepted()) {
            check(HandshakeCheck.faultOfUpgrade(answer.head()));
        }
        return answer;
    }

    private record Connection(BackendSocket socket, Wire wire) {
        void flush(long deadlineNanos) throws IOException {
            while (!wire.flush()) {
                socket.awaitWritable(deadlineNanos);
            }
        }
    }

    private Connection connect(Exchange exchange, Upstream upstream, long deadlineNanos) throws FailedDial {
        try {
            BackendSocket socket = BackendSocket.connect(loops.next(), address(upstream), deadlineNanos);
            Connection connection = secured(exchange, upstream, socket, deadlineNanos);
            upstream.rest().end();
            return connection;
        } catch (IOException e) {
            upstream.rest().begin();
            throw new FailedDial(ExchangeFailure.ofConnect(e), true, e);
        }
    }

    private static InetSocketAddress address(Upstream upstream) throws UnknownHostException {
        return upstream.socketAddress()
                .orElseThrow(() -> new UnknownHostException(upstream.dialHost() + " has no known address"));
    }

    private Connection secured(Exchange exchange, Upstream upstream, BackendSocket socket, long deadlineNanos)
            throws IOException {
        Outbox outbox = new Outbox(socket.channel());
        if (exchange.pool().settings().protocol() == Protocol.HTTP) {
            return new Connection(socket, new PlainWire(outbox));
        }
        BackendTls tls = exchange.pool().client().tls();
        TlsWire wire = new TlsWire(
                tls.engine(tls.serverName(upstream.address(), exchange.host()), upstream.dialPort()),
                outbox,
                loops.buffers());
        Connection connection = new Connection(socket, wire);
        try {
            wire.handshake(waiting(connection, deadlineNanos));
            return connection;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static TlsWire.Waiting waiting(Connection connection, long deadlineNanos) {
        return new TlsWire.Waiting() {
            @Override
            public @Nullable ByteBuffer bytes() throws IOException {
                return connection.socket().take(deadlineNanos);
            }

            @Override
            public void flushed() throws IOException {
                connection.flush(deadlineNanos);
            }
        };
    }

    private static ByteBuffer head(Exchange exchange, Upstream upstream, String key, boolean mayCompress) {
        RequestHeadWriter writer = new RequestHeadWriter(BackendHead.target(exchange.routed()));
        WebSocketHandshake.writeHead(exchange.routed(), upstream, exchange.traceId(), key, writer);
        if (mayCompress) {
            writer.add(DeflateTerms.FIELD, DeflateTerms.OFFER); // WS-41
        }
        return writer.finish();
    }

    private BackendAnswer ask(Connection connection, Upstream upstream, ByteBuffer request, long deadlineNanos)
            throws FailedDial {
        try {
            connection.wire().write(request);
            connection.flush(deadlineNanos);
            return readAnswer(connection, upstream, deadlineNanos);
        } catch (SocketTimeoutException e) {
            throw new FailedDial(ExchangeFailure.BACKEND_SILENT, false, e);
        } catch (MalformedAnswerException e) {
            throw new FailedDial(ExchangeFailure.BACKEND_MALFORMED, false, e);
        } catch (IOException e) {
            throw new FailedDial(ExchangeFailure.BACKEND_CLOSED, false, e);
        }
    }

    private BackendAnswer readAnswer(Connection connection, Upstream upstream, long deadlineNanos)
            throws IOException, FailedDial {
        ResponseHeadParser parser = new ResponseHeadParser();
        @Nullable ByteBuffer raw = connection.socket().take(deadlineNanos);
        while (raw != null) {
            ByteBuffer plain = connection.wire().decode(raw);
            @Nullable ResponseHead head = parser.parse(plain);
            if (head != null) {
                return answer(connection, upstream, head, plain);
            }
            raw = connection.wire().isEnded() ? null : connection.socket().take(deadlineNanos);
        }
        throw new FailedDial(ExchangeFailure.BACKEND_CLOSED, false, null);
    }

    private BackendAnswer answer(Connection connection, Upstream upstream, ResponseHead head, ByteBuffer rest) {
        BackendSocket socket = connection.socket();
        BackendSender sender = new BackendSender(socket, connection.wire(), loops.buffers(), loops.maskKeys());
        return new BackendAnswer(upstream, head, rest, socket, connection.wire(), sender, loops.zlib());
    }

    private static void check(Optional<String> fault) throws FailedDial {
        if (fault.isPresent()) {
            throw new FailedDial(
                    ExchangeFailure.BACKEND_HANDSHAKE_INVALID, false, new MalformedAnswerException(fault.get()));
        }
    }
}
