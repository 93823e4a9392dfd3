package dev.gatehouse.exchange;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Sends 103 before the answer (REQ-46), which Servlet 6.1 cannot but containers can. Thread-safe. */
public interface EarlyHints {
    /**
     * Whether the container that made a request is the one this is for.
     *
     * @param request a client's request, as the container gave it
     * @return true if {@link #send} may be called
     */
    boolean knows(HttpServletRequest request);

    /**
     * Sends 103 at once.
     *
     * @param request of a client that speaks HTTP/1.1 or later
     * @param response its answer, nothing of it sent or set yet
     * @param fields the fields of the hints
     * @throws IOException if the client cannot be written to
     */
    void send(HttpServletRequest request, HttpServletResponse response, HeaderFields fields) throws IOException;

    /**
     * Sends 103 at once, where the container can.
     *
     * @param request a client's request, as the container gave it
     * @param response its answer, nothing of it sent or set yet
     * @param fields the fields of the hints
     * @throws IOException if the client cannot be written to
     */
    static void forward(HttpServletRequest request, HttpServletResponse response, HeaderFields fields)
            throws IOException {
        for (EarlyHints each : Known.ALL) {
            if (each.knows(request)) {
                each.send(request, response, fields);
                return;
            }
        }
    }

    /** Those of this class path. */
    final class Known {
        private static final List<EarlyHints> ALL = ContainerParts.of(EarlyHints.class);

        private Known() {}
    }
}
