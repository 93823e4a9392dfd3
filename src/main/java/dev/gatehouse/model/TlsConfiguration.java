package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * What applies to a listener.
     *
     * @param listener an Https listener
     * @return the policy of its profile, else the gateway's
     */
    public SslPolicy policyOf(HttpListener listener) {
        @Nullable SslProfile profile = listener.sslProfile();
        @Nullable SslPolicy own = profile == null ? null : profile.sslPolicy();
        return own == null ? sslPolicy : own;
    }
}
