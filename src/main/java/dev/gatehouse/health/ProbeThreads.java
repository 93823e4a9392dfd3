package dev.gatehouse.health;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/** Names for the few threads of this room; none of them keeps the JVM alive. Stateless. */
final class ProbeThreads {
    /** A look-up cannot be interrupted; closing does not wait for it longer than this. */
    static final Duration LONGEST_END = Duration.ofSeconds(2);

    private ProbeThreads() {}

    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
