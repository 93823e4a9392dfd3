package dev.gatehouse.websocket;

import dev.gatehouse.exchange.Position;
import dev.gatehouse.observe.SessionEnd;

/** A session that is open, however it is carried. Thread-safe. */
interface OpenSession {
    /** The id of the exchange that it began with. */
    String id();

    /** What it came from. */
    SessionOrigin origin();

    /** Where it came from and where it leads. */
    Position position();

    /** Ends both sides with one code; may wait for a client that does not read. */
    void end(CloseStatus status);

    /**
     * Sets when it has to end (WS-33): once set, a later end changes nothing.
     *
     * @param isForGood whether {@link #stay} does not take it back
     */
    void leaveAt(long nanos, String word, boolean isForGood);

    /** The configuration has a place for it. */
    void stay();

    /** Cuts both connections, without a word where the container allows it. */
    void cut();

    /** What it is at this moment. */
    SessionView view();

    /** What became of it. Once released. */
    SessionEnd report();
}
