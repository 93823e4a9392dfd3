package dev.gatehouse.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Makes a container keep the trailer fields of a request, where it throws unknown ones away (REQ-43). Thread-safe. */
public interface TrailerGate {
    /**
     * Whether the container that made a request is the one this is for.
     *
     * @param request a client's request, as the container gave it
     * @return true if {@link #admit} may be called
     */
    boolean knows(HttpServletRequest request);

    /**
     * Has fields kept that come behind the body.
     *
     * @param request a client's request, as the container gave it, its body not yet read
     * @param names what it announces
     */
    void admit(HttpServletRequest request, List<String> names);

    /**
     * Has the announced trailer fields kept, in containers that need to be told.
     *
     * @param request a client's request, as the container gave it, its body not yet read
     * @param names what it announces; nothing is done for none
     */
    static void open(HttpServletRequest request, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        for (TrailerGate each : Known.ALL) {
            if (each.knows(request)) {
                each.admit(request, names);
            }
        }
    }

    /** Those of this class path. */
    final class Known {
        private static final List<TrailerGate> ALL = ContainerParts.of(TrailerGate.class);

        private Known() {}
    }
}
