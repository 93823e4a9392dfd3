package dev.gatehouse.tls;

import dev.gatehouse.model.SslPolicy;
import dev.gatehouse.model.TlsVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A policy as versions and suites, and what of it a JVM can keep (TLS-20, TLS-21). Immutable.
 *
 * @param wanted all that the policy promises
 * @param possible what of it the JVM negotiates; without versions or without suites nobody can connect
 * @param missing versions and suites that it does not, under Azure's names
 */
public record PolicyOffer(ListenerTls wanted, ListenerTls possible, List<String> missing) {
    public PolicyOffer {
        missing = List.copyOf(missing);
    }

    /**
     * Compares a policy with a JVM.
     *
     * @param policy the policy
     * @param isV1 whether DHE suites count, which v2 gateways never negotiate
     * @param jvm what the JVM negotiates
     * @return the offer
     */
    public static PolicyOffer of(SslPolicy policy, boolean isV1, JvmTls jvm) {
        List<TlsVersion> versions = versions(policy);
        List<String> suites = suites(policy).stream()
                .filter(name -> isV1 || !name.startsWith("TLS_DHE_"))
                .toList();
        List<TlsVersion> usable = versions.stream()
                .filter(version -> jvm.protocols().contains(version.jsseName()))
                .toList();
        List<String> missing = new ArrayList<>();
        versions.stream()
                .filter(version -> !usable.contains(version))
                .map(TlsVersion::azureName)
                .forEach(missing::add);
        ListenerTls wanted = tls(versions, suites);
        Stream.concat(wanted.tls13Suites().stream(), wanted.tls12Suites().stream())
                .filter(name -> !jvm.canNegotiate(name))
                .forEach(missing::add);
        List<String> possible = suites.stream().filter(jvm::canNegotiate).toList();
        return new PolicyOffer(wanted, withoutIdleVersions(tls(usable, possible)), missing);
    }

    /**
     * Whether a client can connect at all.
     *
     * @return false if no version is left that has a suite
     */
    public boolean isUsable() {
        return !possible.protocols().isEmpty();
    }

    /** Newest first, as {@link ListenerTls} has them. */
    private static List<TlsVersion> versions(SslPolicy policy) {
        TlsVersion oldest = TlsVersion.TLS_1_2;
        TlsVersion newest = policy.type() == SslPolicy.Type.CUSTOM ? TlsVersion.TLS_1_2 : TlsVersion.TLS_1_3;
        if (policy.policyName() != null) {
            oldest = policy.policyName().oldest();
            newest = policy.policyName().newest();
        } else if (policy.minProtocolVersion() != null) {
            oldest = policy.minProtocolVersion();
        }
        List<TlsVersion> versions = new ArrayList<>();
        for (TlsVersion version : TlsVersion.values()) {
            boolean isInRange = version.compareTo(oldest) >= 0 && version.compareTo(newest) <= 0;
            if (isInRange && !policy.disabledSslProtocols().contains(version)) {
                versions.add(version);
            }
        }
        Collections.reverse(versions);
        return versions;
    }

    private static List<String> suites(SslPolicy policy) {
        if (policy.policyName() != null) {
            return CipherSuites.of(policy.policyName());
        }
        if (policy.type() == SslPolicy.Type.CUSTOM) {
            return policy.cipherSuites();
        }
        // The suites of TLS 1.3 are always on with CustomV2 (TLS-20); where the user ranks them, that order counts.
        List<String> suites = new ArrayList<>(policy.cipherSuites());
        ListenerTls.DEFAULT.tls13Suites().stream()
                .filter(name -> !suites.contains(name))
                .forEach(suites::add);
        return suites;
    }

    private static ListenerTls tls(List<TlsVersion> versions, List<String> suites) {
        boolean hasOlder = versions.stream().anyMatch(version -> version != TlsVersion.TLS_1_3);
        boolean hasNewest = versions.contains(TlsVersion.TLS_1_3);
        return new ListenerTls(
                versions.stream().map(TlsVersion::jsseName).toList(),
                suites.stream()
                        .filter(name -> hasNewest && CipherSuites.isTls13(name))
                        .toList(),
                suites.stream()
                        .filter(name -> hasOlder && !CipherSuites.isTls13(name))
                        .toList());
    }

    /** A version none of whose suites is left would only fail its handshakes. */
    private static ListenerTls withoutIdleVersions(ListenerTls tls) {
        List<String> protocols = tls.protocols().stream()
                .filter(name -> name.equals(TlsVersion.TLS_1_3.jsseName())
                        ? !tls.tls13Suites().isEmpty()
                        : !tls.tls12Suites().isEmpty())
                .toList();
        return new ListenerTls(protocols, tls.tls13Suites(), tls.tls12Suites());
    }
}
