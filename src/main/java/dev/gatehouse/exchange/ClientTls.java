package dev.gatehouse.exchange;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What is known of the TLS connection on which a request came. Immutable.
 *
 * @param protocol for example {@code TLSv1.3}; empty if the container does not tell
 * @param cipher name of the cipher suite in use; empty if the container does not tell
 * @param offeredCiphers names of those that the client offered, joined with colons; empty if the container does not tell
 * @param certificates the client's certificate first, then its issuers; empty if it showed none
 */
public record ClientTls(String protocol, String cipher, String offeredCiphers, List<X509Certificate> certificates) {
    /** No TLS, or nothing known of it. */
    public static final ClientTls NONE = new ClientTls("", "", "", List.of());

    public ClientTls {
        certificates = List.copyOf(certificates);
    }
}
