package dev.gatehouse.tls;

import java.util.List;

/**
 * What an Https listener offers its clients (CFG-18, TLS-20). Immutable.
 *
 * @param protocols JSSE names of the versions, for example {@code TLSv1.3}
 * @param tls13Suites suites of TLS 1.3, most wanted first
 * @param tls12Suites suites of older versions, most wanted first
 */
public record ListenerTls(List<String> protocols, List<String> tls13Suites, List<String> tls12Suites) {
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

    /** Whether every client that it takes can be shown a certificate with an elliptic key. */
    boolean takesEcKeys() {
        return tls12Suites.isEmpty() || tls12Suites.stream().anyMatch(suite -> suite.contains("_ECDSA_"));
    }
}
