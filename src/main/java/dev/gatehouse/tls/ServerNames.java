package dev.gatehouse.tls;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/**
 * Names in a client's hello (RFC 6066 section 3). JSSE's own class takes no underscore, which names of containers and of
 * clients' Host fields do have. Stateless.
 */
final class ServerNames {
    private ServerNames() {}

    /** A name that the JDK compares with certificates by itself, if that can be. */
    static SNIServerName of(String name) {
        try {
            return new SNIHostName(name);
        } catch (IllegalArgumentException e) {
            return new Unusual(name);
        }
    }

    /** Whether certificates must be compared with it here, since the JDK will not. */
    static boolean isUnusual(SNIServerName name) {
        return name instanceof Unusual;
    }

    /**
     * Compares a certificate with a name that the JDK does not compare; one that it does passes.
     *
     * @throws CertificateException if it is not for that name
     */
    static void checkUnusual(X509Certificate leaf, SNIServerName name) throws CertificateException {
        if (isUnusual(name) && !CertificateNames.covers(leaf, text(name))) {
            throw new CertificateException("certificate is not for " + text(name));
        }
    }

    static String text(SNIServerName name) {
        return new String(name.getEncoded(), StandardCharsets.UTF_8);
    }

    private static final class Unusual extends SNIServerName {
        Unusual(String name) {
            super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.UTF_8));
        }
    }
}
