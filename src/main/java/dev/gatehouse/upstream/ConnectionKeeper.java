package dev.gatehouse.upstream;

import org.apache.hc.client5.http.io.ConnectionEndpoint;

/** Where a connection goes after an exchange. */
interface ConnectionKeeper {
    /** It may serve again. */
    void release(ConnectionEndpoint endpoint);

    /** It may not: cut it. */
    void discard(ConnectionEndpoint endpoint);
}
