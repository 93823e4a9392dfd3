package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which core is whose. Immutable.
 *
 * @param taskset the program that pins, absent when nothing can be pinned
 */
record Pinning(Optional<String> taskset) {
    private static final int PROXY_CORE = 0;
    private static final int LOAD_CORE = 1;

    static Pinning ofThisMachine() {
        boolean hasTwoCores = Runtime.getRuntime().availableProcessors() > 1;
        return new Pinning(hasTwoCores ? Tools.find("taskset") : Optional.empty());
    }

    List<String> onProxyCore(List<String> command) {
        return pin(PROXY_CORE, command);
    }

    List<String> onLoadCore(List<String> command) {
        return pin(LOAD_CORE, command);
    }

    /** Core of the proxies, or -1 when they run where they like. */
    int proxyCore() {
        return taskset.isPresent() ? PROXY_CORE : -1;
    }

    private List<String> pin(int core, List<String> command) {
        List<String> pinned = new ArrayList<>();
        taskset.ifPresent(program -> pinned.addAll(List.of(program, "-c", Integer.toString(core))));
        pinned.addAll(command);
        return pinned;
    }
}
