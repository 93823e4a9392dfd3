package dev.gatehouse.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Tells for which name a client's TLS connection was made, which the Servlet API cannot (REQ-14). Thread-safe. */
public interface ServerNameIndication {
    /**
     * Whether the container that made a request is the one this is for.
     *
     * @param request a client's request, as the container gave it
     * @return true if {@link #name} may be called
     */
    boolean knows(HttpServletRequest request);

    /**
     * The name of the SNI extension (RFC 6066 section 3).
     *
     * @param request a client's request that came over TLS
     * @return as sent; empty if the client named none, or if it cannot be told
     */
    String name(HttpServletRequest request);

    /**
     * The name that a client asked for.
     *
     * @param request its request
     * @return empty also in containers that none of the known ones is for
     */
    static String of(HttpServletRequest request) {
        for (ServerNameIndication each : Known.ALL) {
            if (each.knows(request)) {
                return each.name(request);
            }
        }
        return "";
    }

    /** Those of this class path. */
    final class Known {
        private static final List<ServerNameIndication> ALL = ContainerParts.of(ServerNameIndication.class);

        private Known() {}
    }
}
