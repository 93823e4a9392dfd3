package dev.gatehouse.observe;

/** Hears of every WebSocket session. Must not block. */
public interface SessionJournal {
    /**
     * A backend has accepted; the client hears of it next.
     *
     * @param start the session
     */
    void opened(SessionStart start);

    /**
     * Both sides are closed. Called once for each that was opened.
     *
     * @param end the session
     */
    void ended(SessionEnd end);
}
