package dev.gatehouse.tls;

import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * What a JVM really negotiates as a server. Immutable.
 *
 * <p>An engine takes more names than that without a word: versions and suites under {@code jdk.tls.disabledAlgorithms}
 * are accepted and never chosen (TLS-21). What is enabled by default is what works.
 *
 * @param version of the JVM, for messages
 * @param protocols JSSE names of the versions
 * @param suites JSSE names of the suites
 */
public record JvmTls(String version, Set<String> protocols, Set<String> suites) {
    public JvmTls {
        protocols = Set.copyOf(protocols);
        suites = Set.copyOf(suites);
    }

    /**
     * The JVM that runs this.
     *
     * @return what it negotiates
     */
    public static JvmTls running() {
        try {
            SSLEngine server = SSLContext.getDefault().createSSLEngine();
            server.setUseClientMode(false);
            return new JvmTls(
                    Runtime.version().toString(),
                    Stream.of(server.getEnabledProtocols()).collect(Collectors.toSet()),
                    Stream.of(server.getEnabledCipherSuites()).collect(Collectors.toSet()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    boolean canNegotiate(String suite) {
        return suites.contains(jsseName(suite));
    }

    /** JSSE keeps the old prefix for 3DES suites (TLS-21). */
    static String jsseName(String suite) {
        return suite.contains("_3DES_") ? suite.replaceFirst("^TLS_", "SSL_") : suite;
    }
}
