package dev.gatehouse.websocket;

/** What a {@link BackendLoop} watches. Called by the loop's leader only; must not block longer than a client does. */
interface LoopChannel {
    /** The selector reports something. */
    void ready(BackendLoop.Leader leader);

    /** Called about twice a second; must not block. */
    void tick(long nowNanos);

    /** The loop met a defect in it: whoever owns it must be released. On the loop. */
    default void fail() {
        close();
    }

    /** Cuts the connection. Callable from any thread. */
    void close();
}
