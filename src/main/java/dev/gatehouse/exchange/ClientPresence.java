package dev.gatehouse.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * Tells whether a client is still there while nothing is read from it or written to it, which the Servlet API cannot
 * (REQ-38, client gone first). Asked by the thread that serves the request, but for {@link #cut}. Thread-safe.
 */
public interface ClientPresence {
    /**
     * Whether the container that made a request is the one this is for.
     *
     * @param request a client's request, as the container gave it
     * @return true if {@link #isGone} may be called
     */
    boolean knows(HttpServletRequest request);

    /**
     * Whether the client closed its connection or, with HTTP/2, reset its stream. What else it sent meanwhile is kept
     * for whoever reads next.
     *
     * @param request a client's request, as the container gave it
     * @return false also if it cannot be told
     */
    boolean isGone(HttpServletRequest request);

    /**
     * Closes the client's connection while another thread waits to write to it. Does nothing where the container limits
     * such a wait by itself.
     *
     * @param request a request that is still served
     */
    void cut(HttpServletRequest request);

    /**
     * Whether a client is known to have left.
     *
     * @param request its request, as the container gave it
     * @return false in containers that none of the known ones is for
     */
    static boolean hasLeft(HttpServletRequest request) {
        for (ClientPresence each : Known.ALL) {
            if (each.knows(request)) {
                return each.isGone(request);
            }
        }
        return false;
    }

    /**
     * Has a client no longer waited for, if the container would do so without limit.
     *
     * @param request its request, as the container gave it, still served
     */
    static void end(HttpServletRequest request) {
        for (ClientPresence each : Known.ALL) {
            if (each.knows(request)) {
                each.cut(request);
                return;
            }
        }
    }

    /** Those of this class path. */
    final class Known {
        private static final List<ClientPresence> ALL = ContainerParts.of(ClientPresence.class);

        private Known() {}
    }
}
