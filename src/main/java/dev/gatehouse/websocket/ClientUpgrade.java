package dev.gatehouse.websocket;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.model.WebSocketSettings.Compression;
import dev.gatehouse.model.WebSocketSettings.Mode;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets the container upgrade a client whose backend has accepted, and joins both sides. Thread-safe. */
final class ClientUpgrade {
    private final Bridges bridges;
    private final AtomicBoolean prepared = new AtomicBoolean();

    ClientUpgrade(Bridges bridges) {
        this.bridges = bridges;
    }

    /**
     * Answers the client with 101 as the backend did (WS-14).
     *
     * @throws FailedDial if the container does not upgrade; the backend's connection is cut then
     */
    void upgrade(Exchange exchange, BackendAnswer answer, WebSocketSettings settings) throws FailedDial {
        ServerContainer container = container(exchange.clientRequest().getServletContext());
        BridgeLimits limits = BridgeLimits.of(settings, exchange);
        String subprotocol = HandshakeCheck.subprotocol(answer.head());
        Bridge bridge = bridges.join(
                answer.session(limits.maxMessageBytes()),
                limits,
                SessionOrigin.of(exchange, answer.upstream(), Mode.BRIDGE, subprotocol, bridges.generation()));
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(ClientEndpoint.class, "/")
                .configurator(new UpgradeConfigurator(
                        new ClientEndpoint(bridge),
                        subprotocol,
                        EndToEnd.ofUpgrade(answer.head(), exchange),
                        settings.compression() != Compression.OFF))
                .build();
        upgrade(exchange, container, config, bridge);
    }

    private static void upgrade(
            Exchange exchange, ServerContainer container, ServerEndpointConfig config, Bridge bridge)
            throws FailedDial {
        boolean upgraded = false;
        try {
            container.upgradeHttpToWebSocket(
                    new UpgradeRequest(exchange.clientRequest()), exchange.clientResponse(), config, Map.of());
            upgraded = true;
        } catch (IOException e) {
            throw new FailedDial(ExchangeFailure.CLIENT_GONE, false, e);
        } catch (DeploymentException e) {
            throw new FailedDial(ExchangeFailure.INTERNAL, false, e);
        } finally {
            if (!upgraded) {
                bridge.cut();
            }
        }
    }

    private ServerContainer container(ServletContext context) {
        if (context.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer container) {
            if (prepared.compareAndSet(false, true)) {
                KnownControls.CONTROLS.forEach(control -> control.prepare(container));
            }
            return container;
        }
        throw new IllegalStateException("servlet context: no WebSocket container (expected: one that supports it)");
    }
}
