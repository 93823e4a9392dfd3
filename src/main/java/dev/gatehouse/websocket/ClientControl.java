package dev.gatehouse.websocket;

import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import java.util.ServiceLoader;

/**
 * What only some containers can do with a client's session, beyond the Jakarta API. Found by {@link ServiceLoader}; the
 * first one that knows a session serves it. Thread-safe.
 */
public interface ClientControl {
    /**
     * Sets the container up for many idle sessions whose messages come in pieces. Called before the first session.
     *
     * @param container any container; one that is not known is left alone
     */
    void prepare(ServerContainer container);

    /**
     * Whether this container made the session.
     *
     * @param session a client's session
     * @return true if the other methods may be called with it
     */
    boolean knows(Session session);

    /**
     * Ends the connection without a Close frame (WS-20).
     *
     * @param session a client's session
     * @return false if that is not possible
     */
    boolean cut(Session session);

    /**
     * Makes the container stop reading, where it would read ahead without bound while a handler blocks (WS-34).
     *
     * @param session a client's session
     */
    void pauseReading(Session session);

    /**
     * Undoes {@link #pauseReading}.
     *
     * @param session a client's session
     */
    void resumeReading(Session session);

    /**
     * The control for a session.
     *
     * @param session a client's session
     * @return one that does nothing if no container is known
     */
    static ClientControl of(Session session) {
        for (ClientControl each : KnownControls.CONTROLS) {
            if (each.knows(session)) {
                return each;
            }
        }
        return KnownControls.NONE;
    }
}
