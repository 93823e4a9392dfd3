package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.PredefinedSslPolicy;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.SslPolicy;
import dev.gatehouse.model.SslProfile;
import dev.gatehouse.tls.JvmTls;
import dev.gatehouse.tls.PolicyOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the policies of one gateway say together, and what this JVM makes of them. Confined to one load. */
final class PolicyChecks {
    private record Placed(SslPolicy policy, Place place) {}

    private final TlsTables tls;
    private final boolean isV1;
    private final JvmTls jvm;
    private final Problems problems;

    PolicyChecks(TlsTables tls, boolean isV1, JvmTls jvm, Problems problems) {
        this.tls = tls;
        this.isV1 = isV1;
        this.jvm = jvm;
        this.problems = problems;
    }

    void check(Table<HttpListener> listeners) {
        List<HttpListener> https = listeners.values().stream()
                .filter(listener -> listener.protocol() == Protocol.HTTPS)
                .toList();
        boolean usesGatewayPolicy =
                https.stream().anyMatch(listener -> ownPolicy(listener).isEmpty());
        if (usesGatewayPolicy) {
            noteUnchosen();
            gatewayPolicy().ifPresent(this::checkJvm);
        }
        tls.profiles()
                .items()
                .forEach(item -> placed(item)
                        .filter(policy -> https.stream()
                                .anyMatch(listener -> listener.sslProfile() != null
                                        && item.value()
                                                .filter(listener.sslProfile()::equals)
                                                .isPresent()))
                        .ifPresent(this::checkJvm));
        checkGenerations();
    }

    /** Azure keeps a strict profile without a CA as long as no listener uses it, and so do we. */
    void checkProfiles(Uses uses) {
        tls.profiles().items().stream()
                .filter(item -> uses.hasOrNotes(item, "TLS-30", problems))
                .map(Table.Item::object)
                .filter(ProfileReader::isStrictWithoutCa)
                .forEach(this::refuseStrict);
    }

    /** VAL-35. */
    private void refuseStrict(ConfigObject profile) {
        problems.error(
                "VAL-35",
                Kind.MISSING,
                profile.placeOf("trustedClientCertificates"),
                "clients must show a certificate, but no CA is named that theirs could end in: every client would be"
                        + " refused.",
                "Refer to one of trustedClientCertificates, or set verifyClientAuthMode to Passthrough.");
    }

    private static Optional<SslPolicy> ownPolicy(HttpListener listener) {
        return Optional.ofNullable(listener.sslProfile()).map(SslProfile::sslPolicy);
    }

    private Optional<Placed> gatewayPolicy() {
        return tls.policy().map(policy -> new Placed(policy, tls.policyPlace()));
    }

    private static Optional<Placed> placed(Table.Item<SslProfile> item) {
        return item.value()
                .map(SslProfile::sslPolicy)
                .map(policy -> new Placed(policy, item.object().placeOf("sslPolicy")));
    }

    /** CFG-18. */
    private void noteUnchosen() {
        Optional<PredefinedSslPolicy> name = tls.policy().map(SslPolicy::policyName);
        if (!tls.isPolicyGiven() && name.isPresent()) {
            problems.info(
                    "CFG-18",
                    Kind.MISSING,
                    tls.policyPlace(),
                    "the gateway chooses no TLS policy; " + name.get().azureName() + " holds ("
                            + name.get().oldest().azureName() + " to "
                            + name.get().newest().azureName() + ").",
                    "Name one in sslPolicy to be independent of defaults.");
        }
    }

    /** VAL-33: one generation per gateway. What the user did not choose is not held against them. */
    private void checkGenerations() {
        List<Placed> all = new ArrayList<>();
        gatewayPolicy().filter(policy -> tls.isPolicyGiven()).ifPresent(all::add);
        tls.profiles().items().forEach(item -> placed(item).ifPresent(all::add));
        for (Placed other : all) {
            Placed first = all.get(0);
            if (other.policy().knowsTls13() != first.policy().knowsTls13()) {
                problems.azure(
                        "VAL-33",
                        Kind.CONFLICT,
                        other.place(),
                        "this policy is of the " + generation(other.policy()) + " kind, that of line "
                                + first.place().line() + " of the " + generation(first.policy())
                                + " kind; Azure refuses the two on one gateway.",
                        "Use the policies of 2022 and CustomV2 everywhere, or nowhere.");
            }
        }
    }

    private static String generation(SslPolicy policy) {
        return policy.knowsTls13() ? "new" : "old";
    }

    /** TLS-21: the JVM keeps quiet about what it never negotiates. */
    private void checkJvm(Placed placed) {
        PolicyOffer offer = PolicyOffer.of(placed.policy(), isV1, jvm);
        if (!offer.isUsable()) {
            problems.error(
                    "TLS-21",
                    Kind.CONFLICT,
                    placed.place(),
                    "nothing of this policy is left on this JVM (" + jvm.version() + "), so nobody could connect"
                            + (offer.missing().isEmpty() ? "" : "; missing: " + Wording.list(offer.missing())) + ".",
                    "Choose a policy with TLS 1.2 and ECDHE suites, such as AppGwSslPolicy20220101.");
        } else if (!offer.missing().isEmpty()) {
            problems.warn(
                    "TLS-21",
                    Kind.UNSUPPORTED,
                    placed.place(),
                    "this JVM (" + jvm.version() + ") never negotiates these parts of the policy: "
                            + Wording.list(offer.missing()) + ".",
                    "Clients that need them cannot connect here; the rest of the policy works.");
        }
    }
}
