package dev.gatehouse.embedded;

import java.util.concurrent.CountDownLatch;

/** From "started" to "asked to stop". Stateless. */
final class Lifetime {
    private Lifetime() {}

    /**
     * Waits until the process is asked to stop (SIGTERM, SIGINT), or this thread is interrupted; then stops.
     *
     * @param stop stops everything, in bounded time
     * @return 0, the exit code of a wanted end, if interrupted; otherwise the process ends here
     */
    static int untilStopped(Runnable stop) {
        Thread hook = new Thread(() -> stopAndEnd(stop), "gatehouse-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            stop.run();
        }
        return 0;
    }

    // A JVM that a signal ends exits with 128 + its number, 143 for SIGTERM; a stop that was asked for is a success, so
    // supervisors expect 0 (product.md 2). Only halt changes the code once the shutdown has begun. It comes last: hooks
    // of others run beside this one while it waits for requests.
    private static void stopAndEnd(Runnable stop) {
        stop.run();
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(0);
    }
}
