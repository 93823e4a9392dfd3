package dev.gatehouse.gateway;

import dev.gatehouse.admin.LiveSessions;
import dev.gatehouse.websocket.Bridges;
import dev.gatehouse.websocket.SessionView;
import java.util.List;

/**
 * The sessions as operators see them. Thread-safe.
 *
 * @param sessions all of them
 */
record RunningSessions(Bridges sessions) implements LiveSessions {
    @Override
    public List<SessionView> views() {
        return sessions.views();
    }

    @Override
    public boolean end(String id, int code, String reason) {
        return sessions.end(id, code, reason);
    }
}
