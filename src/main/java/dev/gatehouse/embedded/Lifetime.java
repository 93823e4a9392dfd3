package dev.gatehouse.embedded;

import java.util.concurrent.CountDownLatch;

/** From "started" to "asked to stop" by SIGTERM, SIGINT or an interrupt. Confined to the thread that began it. */
final class Lifetime {
    private final Runnable stop;
    private final Thread hook;

    private Lifetime(Runnable stop) {
        this.stop = stop;
        this.hook = new Thread(this::stopAndEnd, "gatehouse-stop");
    }

    /**
     * From now on a signal stops the process in good order. To be called before anyone is told that it is ready: who
     * reads that may send the signal at once.
     *
     * @param stop stops everything, in bounded time
     */
    static Lifetime begin(Runnable stop) {
        Lifetime lifetime = new Lifetime(stop);
        Runtime.getRuntime().addShutdownHook(lifetime.hook);
        return lifetime;
    }

    /** There is nothing to stop: the process ends by itself, with an exit code of its own. */
    void abandon() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // it is running already: a signal was faster
        }
    }

    /**
     * Waits for the end: on a signal the process ends here, on an interrupt everything is stopped and this returns.
     *
     * @return 0, the exit code of an end that was asked for
     */
    int awaitEnd() {
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
    private void stopAndEnd() {
        stop.run();
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(0);
    }
}
