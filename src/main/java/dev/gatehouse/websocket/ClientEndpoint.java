package dev.gatehouse.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The container's view of a bridge. Takes messages piece by piece, so that none is limited or held whole (T6). One for
 * each session; called by the container, one direction by one thread at a time.
 */
final class ClientEndpoint extends Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ClientEndpoint.class);

    // Read by Tomcat alone. A client may pause for as long as it likes (WS-34); only goodbyes are bounded (WS-37).
    private static final Map<String, Object> TOMCAT_LIMITS = Map.of(
            "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", -1L,
            "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT", 5_000L,
            "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT", 2_000L);

    private final Bridge bridge;

    ClientEndpoint(Bridge bridge) {
        this.bridge = bridge;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.getUserProperties().putAll(TOMCAT_LIMITS);
        session.setMaxIdleTimeout(0); // ours to decide (WS-36)
        session.addMessageHandler(String.class, new TextHandler(bridge));
        session.addMessageHandler(ByteBuffer.class, new BinaryHandler(bridge));
        session.addMessageHandler(PongMessage.class, new PongHandler(bridge));
        bridge.clientOpened(session);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        String text = reason.getReasonPhrase();
        bridge.clientClosed(reason.getCloseCode().getCode(), text == null ? "" : text);
    }

    @Override
    public void onError(Session session, Throwable error) {
        LOG.debug("client's session {}", session.getId(), error); // onClose follows and decides
    }

    // Containers find out by reflection what a handler takes, so these are classes, not lambdas.
    private record TextHandler(Bridge bridge) implements MessageHandler.Partial<String> {
        @Override
        public void onMessage(String piece, boolean isLast) {
            bridge.clientSent(piece, isLast);
        }
    }

    private record PongHandler(Bridge bridge) implements MessageHandler.Whole<PongMessage> {
        @Override
        public void onMessage(PongMessage pong) {
            bridge.clientBeats();
        }
    }

    private record BinaryHandler(Bridge bridge) implements MessageHandler.Partial<ByteBuffer> {
        @Override
        public void onMessage(ByteBuffer piece, boolean isLast) {
            bridge.clientSent(piece, isLast);
        }
    }
}
