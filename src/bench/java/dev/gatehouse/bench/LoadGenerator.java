package dev.gatehouse.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The load generator's process: reads a {@link LoadOrder} a line from standard input and answers each with a line, a
 * {@link LoadResult} or for idle sessions an {@link IdleResult}. It stays for the whole run, so that it is warm for all
 * proxies alike.
 */
public final class LoadGenerator {
    private LoadGenerator() {}

    /**
     * Works off orders until standard input ends.
     *
     * @param args none
     * @throws IOException if the selector fails; a failing proxy is part of the result
     */
    public static void main(String[] args) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            System.out.println(answer(LoadOrder.parse(line)));
        }
    }

    private static String answer(LoadOrder order) throws IOException {
        return switch (order.benchCase().traffic()) {
            case HTTP, WEBSOCKET -> ClosedLoop.run(order).line();
            case HTTPS -> TlsLoop.run(order).line();
            case IDLE -> IdleSessions.run(order).line();
        };
    }
}
