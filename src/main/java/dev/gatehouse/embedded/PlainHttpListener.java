package dev.gatehouse.embedded;

/** Hears of a client that spoke plain HTTP to an Https port. Thread-safe. */
@FunctionalInterface
interface PlainHttpListener {
    /**
     * It was answered 400.
     *
     * @param client its address
     * @param port the port it connected to
     */
    void plainHttp(String client, int port);
}
