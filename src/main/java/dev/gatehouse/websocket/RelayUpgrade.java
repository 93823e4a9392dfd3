package dev.gatehouse.websocket;

import dev.gatehouse.exchange.AnswerFields;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.HeaderSink;
import dev.gatehouse.exchange.HeaderTokens;
import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.model.WebSocketSettings.Mode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a client as its backend did, 101 included, and joins both connections (WS-42). Thread-safe. */
final class RelayUpgrade {
    private static final Logger LOG = LoggerFactory.getLogger(RelayUpgrade.class);

    private final Bridges bridges;
    private final List<ClientSocketTaker> takers =
            ServiceLoader.load(ClientSocketTaker.class, ClientSocketTaker.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
    private final List<ClientStreamThread> threads =
            ServiceLoader.load(ClientStreamThread.class, ClientStreamThread.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    RelayUpgrade(Bridges bridges) {
        this.bridges = bridges;
    }

    /**
     * Begins a relay.
     *
     * @param answer a 101
     * @throws FailedDial if the container does not upgrade; the backend's connection is cut then
     */
    void upgrade(Exchange exchange, BackendAnswer answer, WebSocketSettings settings) throws FailedDial {
        BridgeLimits limits = BridgeLimits.of(settings, exchange);
        ResponseHead head = answer.head();
        boolean isExtended =
                !HeaderTokens.of(head.values("Sec-WebSocket-Extensions")).isEmpty();
        SessionOrigin origin = SessionOrigin.of(
                exchange, answer.upstream(), Mode.RELAY, HandshakeCheck.subprotocol(head), bridges.generation());
        BackendLoop loop = answer.loop();
        Relay relay = bridges.relay(answer, limits, origin, isExtended);
        boolean isUpgraded = false;
        try {
            writeHead(exchange, head);
            upgrade(exchange.clientRequest(), relay, loop);
            isUpgraded = true;
        } catch (IOException e) {
            throw new FailedDial(ExchangeFailure.CLIENT_GONE, false, e);
        } catch (ServletException e) {
            throw new FailedDial(ExchangeFailure.INTERNAL, false, e);
        } finally {
            if (!isUpgraded) {
                relay.cut();
            }
        }
    }

    private static void writeHead(Exchange exchange, ResponseHead head) {
        HttpServletResponse response = exchange.clientResponse();
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        HeaderSink fields = AnswerFields.of(exchange.clientRequest(), response);
        fields.add("Upgrade", "websocket");
        fields.add("Connection", "Upgrade");
        for (ResponseHead.Field field : EndToEnd.ofRelayedUpgrade(head, exchange)) {
            fields.add(field.name(), field.value());
        }
    }

    private void upgrade(HttpServletRequest request, Relay relay, BackendLoop loop)
            throws IOException, ServletException {
        for (ClientSocketTaker each : takers) {
            if (each.knows(request)) {
                ClientSocketTaker.Upgrade taken = (ClientSocketTaker.Upgrade) request.upgrade(each.upgrade());
                taken.whenTaken(socket -> open(socket, relay, loop), bridges.loops()::execute);
                return;
            }
        }
        Executor reader = threads.stream()
                .flatMap(each -> each.of(request).stream())
                .findFirst()
                .orElse(loop::run);
        request.upgrade(RelayStream.class).attach(relay, reader);
    }

    private void open(ClientSocketTaker.ClientSocket socket, Relay relay, BackendLoop loop) {
        try {
            Outbox outbox = new Outbox(socket.channel());
            SSLEngine engine = socket.engine();
            Wire wire = engine == null
                    ? new PlainWire(outbox)
                    : TlsWire.resumed(engine, outbox, bridges.loops().buffers(), socket.encrypted());
            relay.clientOpened(
                    new RelaySocket(loop, socket.channel(), wire, socket.closer(), relay), early(socket, wire));
        } catch (IOException e) {
            LOG.debug("client is gone", e);
            socket.closer().run();
            relay.cut();
        }
    }

    // What came encrypted must not wait for more.
    private static ByteBuffer early(ClientSocketTaker.ClientSocket socket, Wire wire) throws IOException {
        ByteBuffer more = wire.decode(ByteBuffer.allocate(0));
        return ByteBuffer.allocate(socket.early().remaining() + more.remaining())
                .put(socket.early())
                .put(more)
                .flip();
    }
}
