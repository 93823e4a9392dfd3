package dev.gatehouse.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's half of a bridge, open: the container's session. One thread at a time may send; closing and cutting may
 * come from any.
 */
final class ClientLeg {
    private static final Logger LOG = LoggerFactory.getLogger(ClientLeg.class);

    private final Session clientSession;
    private final ClientControl control;
    private final TextPieces text = new TextPieces();

    ClientLeg(Session clientSession) {
        this.clientSession = clientSession;
        this.control = ClientControl.of(clientSession);
    }

    /**
     * Sends a message or a piece of it; waits while the client does not read.
     *
     * @throws WebSocketProtocolException if text from the backend is none; nothing of the piece is sent then
     * @throws IOException if the client is gone
     */
    void send(int type, ByteBuffer payload, boolean isFirst, boolean isLast) throws IOException {
        try {
            RemoteEndpoint.Basic remote = clientSession.getBasicRemote();
            if (type == FrameHeader.TEXT) {
                sendText(remote, text.next(payload, isLast), isFirst, isLast);
            } else if (isFirst && isLast) {
                remote.sendBinary(payload);
            } else {
                remote.sendBinary(payload, isLast);
            }
        } catch (RuntimeException e) { // closed meanwhile, or whatever else the container finds
            throw new IOException("client's session takes nothing more", e);
        }
    }

    private static void sendText(RemoteEndpoint.Basic remote, String piece, boolean isFirst, boolean isLast)
            throws IOException {
        if (isFirst && isLast) {
            remote.sendText(piece);
        } else if (isLast || !piece.isEmpty()) {
            remote.sendText(piece, isLast);
        }
    }

    /**
     * Sends a Close; may wait a few seconds for a client that does not read.
     *
     * @param status what the client is told; an empty Close becomes 1000, for the API knows none (T2)
     */
    void close(CloseStatus status) {
        try {
            clientSession.close(reason(status.code(), status.reason()));
        } catch (IllegalArgumentException e) { // a container that refuses 1012-1014
            LOG.debug("container does not send {}", status, e);
            closeGoingAway();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("client is gone", e);
        }
    }

    private void closeGoingAway() {
        try {
            clientSession.close(reason(CloseCode.GOING_AWAY, ""));
        } catch (IOException | IllegalStateException e) {
            LOG.debug("client is gone", e);
        }
    }

    private static CloseReason reason(int code, String text) {
        String shortened = CloseStatus.shortened(text);
        if (code == CloseCode.NO_STATUS || code == CloseCode.NORMAL) {
            return new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, shortened);
        }
        return new CloseReason(() -> code, shortened); // the enum's own look-up refuses what it does not list
    }

    /** Ends the connection without a Close where the container can, else with 1001. */
    void cut() {
        if (!control.cut(clientSession)) {
            closeGoingAway();
        }
    }

    /** Ends the connection where the container can, if it is still there. */
    void cutIfPossible() {
        if (!control.cut(clientSession)) {
            LOG.debug("this container ends its connections itself");
        }
    }

    /** Asks for a sign of life; may wait. */
    void ping() {
        try {
            clientSession.getBasicRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) { // something else is being sent, or the client is gone
            LOG.debug("no ping", e);
        }
    }

    void pauseReading() {
        control.pauseReading(clientSession);
    }

    void resumeReading() {
        control.resumeReading(clientSession);
    }
}
