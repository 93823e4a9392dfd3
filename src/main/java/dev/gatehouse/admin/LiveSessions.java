package dev.gatehouse.admin;

import dev.gatehouse.websocket.SessionView;
import java.util.List;

/** The WebSocket sessions that are open. Thread-safe. */
public interface LiveSessions {
    /**
     * All of them.
     *
     * @return in no order; each as it is at this moment
     */
    List<SessionView> views();

    /**
     * Ends one on both sides.
     *
     * @param id its id
     * @param code close code
     * @param reason what both sides are told
     * @return whether there is such a session
     * @throws IllegalArgumentException if code or reason may not stand in a Close frame
     */
    boolean end(String id, int code, String reason);
}
