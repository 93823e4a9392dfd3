package dev.gatehouse.tls;

import java.io.IOException;
import java.net.URI;

/** Asks OCSP responders (RFC 6960, appendix A). Thread-safe. */
@FunctionalInterface
public interface OcspTransport {
    /**
     * Sends a request by POST and waits for its whole answer, for a few seconds at most.
     *
     * @param responder http address
     * @param request DER
     * @return the answer's body
     * @throws IOException if nobody answers, or not 200
     */
    byte[] ask(URI responder, byte[] request) throws IOException;
}
