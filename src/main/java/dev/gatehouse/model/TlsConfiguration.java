package dev.gatehouse.model;

import java.util.List;

/**
 * What a gateway says of TLS towards clients beside its certificates (section 4.6). Immutable.
 *
 * @param sslPolicy policy of every Https listener whose profile has none; default {@link SslPolicy#DEFAULT} (CFG-18)
 * @param sslProfiles all profiles, used or not
 */
public record TlsConfiguration(SslPolicy sslPolicy, List<SslProfile> sslProfiles) {
    /** Nothing given. */
    public static final TlsConfiguration DEFAULT = new TlsConfiguration(SslPolicy.DEFAULT, List.of());

    public TlsConfiguration {
        sslProfiles = List.copyOf(sslProfiles);
    }
}
