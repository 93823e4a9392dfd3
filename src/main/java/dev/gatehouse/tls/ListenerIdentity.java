package dev.gatehouse.tls;

import dev.gatehouse.model.HttpListener;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What one Https listener shows its clients and asks of them. Immutable.
 *
 * @param listener the listener
 * @param key its key and chain
 * @param offer versions and suites, only such as the JVM negotiates
 * @param clientIssuers whose certificates clients are asked for; empty names none
 */
public record ListenerIdentity(
        HttpListener listener, ListenerKey.Ready key, ListenerTls offer, List<X509Certificate> clientIssuers) {
    public ListenerIdentity {
        clientIssuers = List.copyOf(clientIssuers);
    }

    /**
     * Whether clients are asked for a certificate (TLS-30, TLS-32). None is turned away in the handshake for what it
     * answers (TLS-31).
     *
     * @return true if the listener's profile says so
     */
    public boolean asksClients() {
        return listener.asksForClientCertificate();
    }

    /** Whether a handshake for the other would go just like one for this. */
    boolean isShownAs(ListenerIdentity other) {
        return key.equals(other.key)
                && offer.equals(other.offer)
                && asksClients() == other.asksClients()
                && clientIssuers.equals(other.clientIssuers);
    }
}
