package dev.gatehouse.tls;

import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Optional;

/**
 * What an Https listener offers its clients (CFG-18, TLS-20). Immutable.
 *
 * @param protocols JSSE names of the versions, for example {@code TLSv1.3}
 * @param tls13Suites suites of TLS 1.3, most wanted first
 * @param tls12Suites suites of older versions, most wanted first
 */
public record ListenerTls(List<String> protocols, List<String> tls13Suites, List<String> tls12Suites) {
    private static final int LEAST_RSA_BITS = 1024; // jdk.tls.disabledAlgorithms

    /**
     * {@code AppGwSslPolicy20220101}, Azure's default since API 2023-02-01. The order is ours where Azure's is unknown:
     * GCM before CBC, 256 before 128, the table's order among equals; the server's preference decides.
     */
    public static final ListenerTls DEFAULT = new ListenerTls(
            List.of("TLSv1.3", "TLSv1.2"),
            List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"),
            List.of(
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"));

    public ListenerTls {
        protocols = List.copyOf(protocols);
        tls13Suites = List.copyOf(tls13Suites);
        tls12Suites = List.copyOf(tls12Suites);
    }

    /**
     * Why no client can be shown a key (TLS-21).
     *
     * @param key of a listener's certificate
     * @return plain words; empty if some client can
     */
    public Optional<String> objection(PublicKey key) {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            return Optional.of(
                    "its RSA key of " + rsa.getModulus().bitLength() + " bits is shorter than any client takes");
        }
        boolean isRsa = key instanceof RSAKey;
        boolean isTaken = !tls13Suites.isEmpty()
                || tls12Suites.stream().anyMatch(suite -> suite.contains(isRsa ? "_RSA_" : "_ECDSA_"));
        return isTaken
                ? Optional.empty()
                : Optional.of("its key is for " + key.getAlgorithm() + ", and its TLS policy has suites for other keys"
                        + " alone");
    }

    /** Whether every client that it takes can be shown a certificate with an elliptic key. */
    boolean takesEcKeys() {
        return tls12Suites.isEmpty() || tls12Suites.stream().anyMatch(suite -> suite.contains("_ECDSA_"));
    }
}
