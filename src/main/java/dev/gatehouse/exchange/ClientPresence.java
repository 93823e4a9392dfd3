package dev.gatehouse.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * Tells whether a client is still there while nothing is read from it or written to it, which the Servlet API cannot
 * (REQ-38, client gone first). Asked by the thread that serves the request. Thread-safe.
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

    /** Those of this class path. */
    final class Known {
        private static final List<ClientPresence> ALL = ContainerParts.of(ClientPresence.class);

        private Known() {}
    }
}
