package dev.gatehouse.tls;

import java.nio.charset.StandardCharsets;
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

    static String text(SNIServerName name) {
        return new String(name.getEncoded(), StandardCharsets.UTF_8);
    }

    private static final class Unusual extends SNIServerName {
        Unusual(String name) {
            super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.UTF_8));
        }
    }
}
