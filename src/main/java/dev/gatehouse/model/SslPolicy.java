package dev.gatehouse.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which versions and cipher suites clients are offered (section 4.6, TLS-20). It has no influence on backends. Immutable.
 *
 * @param type who chose versions and suites; default Predefined if a name is given
 * @param policyName the policy of type Predefined, else absent
 * @param minProtocolVersion least version of type Custom and CustomV2, else absent
 * @param cipherSuites suites of type Custom and CustomV2, most wanted first, under Azure's names; the two of TLS 1.3 are
 *     always on with CustomV2 and need not be listed
 * @param disabledSslProtocols versions to leave out, whatever the type
 */
public record SslPolicy(
        Type type,
        @Nullable PredefinedSslPolicy policyName,
        @Nullable TlsVersion minProtocolVersion,
        List<String> cipherSuites,
        Set<TlsVersion> disabledSslProtocols) {
    /** What applies where no policy is given: {@code AppGwSslPolicy20220101} (CFG-18). */
    public static final SslPolicy DEFAULT = predefined(PredefinedSslPolicy.APP_GW_20220101);

    /** Who chose versions and suites. */
    public enum Type {
        /** Azure did, under a name. */
        PREDEFINED,
        /** The user did, up to TLS 1.2. */
        CUSTOM,
        /** The user did, up to TLS 1.3. */
        CUSTOM_V2
    }

    public SslPolicy {
        cipherSuites = List.copyOf(cipherSuites);
        disabledSslProtocols = Set.copyOf(disabledSslProtocols);
        if ((type == Type.PREDEFINED) != (policyName != null)) {
            throw new IllegalArgumentException(
                    "policyName: " + policyName + " (expected: one if " + type + " is PREDEFINED, none otherwise)");
        }
        if ((type == Type.PREDEFINED) != (minProtocolVersion == null)) {
            throw new IllegalArgumentException("minProtocolVersion: " + minProtocolVersion + " (expected: none if "
                    + type + " is PREDEFINED, one otherwise)");
        }
    }

    /**
     * A policy of Azure's as it is.
     *
     * @param name which one
     * @return the policy
     */
    public static SslPolicy predefined(PredefinedSslPolicy name) {
        return new SslPolicy(Type.PREDEFINED, name, null, List.of(), Set.of());
    }

    /**
     * Whether it belongs to the generation that knows TLS 1.3. Azure takes one generation per gateway (VAL-33).
     *
     * @return true for the 2022 policies and CustomV2
     */
    public boolean knowsTls13() {
        return policyName == null ? type == Type.CUSTOM_V2 : policyName.newest() == TlsVersion.TLS_1_3;
    }
}
