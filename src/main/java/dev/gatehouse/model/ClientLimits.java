package dev.gatehouse.model;

import java.time.Duration;

/**
 * What clients may send and how long they may take ({@code limits} of the local file, REQ-5, REQ-6). Immutable.
 *
 * @param uriBytes longest request target; beyond it 414; default 32 KiB
 * @param headerBytes longest block of header fields; beyond it 431; default 32 KiB
 * @param bodyBytes longest body; beyond it 413; default 4 GiB, 0 for no limit
 * @param headerTimeout longest time a client may take for its header fields; then 408; default 60 s
 * @param bodyTimeout longest pause of a client within its body; then 408; default 60 s
 * @param keepAliveTimeout how long a connection is kept between requests; default 75 s
 * @param http2IdleTimeout the same for HTTP/2; default 180 s
 * @param http2Requests requests of one HTTP/2 connection, then it is ended by GOAWAY; default 1,000
 * @param connections clients served at once on all listeners together, beyond it 503; 0, the default, for as many as
 *     the machine takes
 */
public record ClientLimits(
        int uriBytes,
        int headerBytes,
        long bodyBytes,
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration keepAliveTimeout,
        Duration http2IdleTimeout,
        int http2Requests,
        int connections) {
    /** The defaults. */
    public static final ClientLimits DEFAULT = new ClientLimits(
            32 * 1024,
            32 * 1024,
            4L << 30,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(75),
            Duration.ofSeconds(180),
            1000,
            0);

    public ClientLimits {
        Checks.inRange("limits.uri", uriBytes, 256, 1 << 20);
        Checks.inRange("limits.headers", headerBytes, 256, 1 << 20);
        if (bodyBytes < 0) {
            throw new IllegalArgumentException("limits.body: " + bodyBytes + " (expected: >= 0)");
        }
        Durations.positive("limits.headerTimeout", headerTimeout);
        Durations.positive("limits.bodyTimeout", bodyTimeout);
        Durations.positive("limits.keepAliveTimeout", keepAliveTimeout);
        Durations.positive("limits.http2IdleTimeout", http2IdleTimeout);
        Checks.inRange("limits.http2Requests", http2Requests, 1, Integer.MAX_VALUE);
        Checks.inRange("limits.connections", connections, 0, Integer.MAX_VALUE);
    }
}
