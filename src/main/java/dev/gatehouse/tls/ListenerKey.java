package dev.gatehouse.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** What was found when the key of an Https listener was looked for. */
public sealed interface ListenerKey {
    /**
     * A key with its chain. Immutable; {@code toString} shows no secret.
     *
     * @param privateKey the key of the first certificate
     * @param chain leaf first, never empty
     */
    record Ready(PrivateKey privateKey, List<X509Certificate> chain) implements ListenerKey {
        public Ready {
            chain = List.copyOf(chain);
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("chain: empty (expected: the leaf at least)");
            }
        }

        @Override
        public String toString() {
            return "Ready[" + chain.get(0).getSubjectX500Principal() + "]";
        }
    }

    /**
     * Nothing supplies a key: the listener stays shut, the others run (CFG-21, TLS-5).
     *
     * @param reason cause and cure, for the one ERROR line
     */
    record Missing(String reason) implements ListenerKey {}

    /** A key will be made for each listener when it opens; only {@link ListenerKeys#look} answers so. */
    record MadeAtStart() implements ListenerKey {}
}
