package dev.gatehouse.config;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.PredefinedSslPolicy;
import dev.gatehouse.model.SslPolicy;
import dev.gatehouse.model.TlsVersion;
import dev.gatehouse.tls.CipherSuites;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** TLS policies (section 4.6, TLS-20, VAL-34). Confined to one load. */
final class SslPolicyReader {
    private static final Map<String, SslPolicy.Type> TYPES = Map.of(
            "Predefined", SslPolicy.Type.PREDEFINED,
            "Custom", SslPolicy.Type.CUSTOM,
            "CustomV2", SslPolicy.Type.CUSTOM_V2);
    private static final Map<String, PredefinedSslPolicy> NAMES = new LinkedHashMap<>();
    private static final Map<String, TlsVersion> VERSIONS = new LinkedHashMap<>();
    /** Without it a v1 gateway cannot be managed by Azure (VAL-34). */
    private static final String NEEDED_BY_V1 = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    static {
        for (PredefinedSslPolicy policy : PredefinedSslPolicy.values()) {
            NAMES.put(policy.azureName(), policy);
        }
        for (TlsVersion version : TlsVersion.values()) {
            VERSIONS.put(version.azureName(), version);
        }
    }

    private final boolean isV1;
    private final Problems problems;

    SslPolicyReader(boolean isV1, Problems problems) {
        this.isV1 = isV1;
        this.problems = problems;
    }

    /** Whether an {@code sslPolicy} says anything; exports print it with empty members too. */
    static boolean isGiven(ConfigObject policy) {
        boolean hasText =
                policy.isStated("policyType") || policy.isStated("policyName") || policy.isStated("minProtocolVersion");
        return hasText
                || !policy.array("cipherSuites").isEmpty()
                || !policy.array("disabledSslProtocols").isEmpty();
    }

    /** {@code defaultPredefinedSslPolicy} of an export. */
    Optional<SslPolicy> byName(ConfigObject owner, String key) {
        return owner.choice(key, NAMES).map(SslPolicy::predefined);
    }

    Optional<SslPolicy> policy(ConfigObject object) {
        if (saysOnlyVersion(object)) {
            return fromVersion(object);
        }
        Optional<SslPolicy.Type> type = type(object);
        Set<TlsVersion> disabled = disabled(object);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        return type.get() == SslPolicy.Type.PREDEFINED
                ? predefined(object, disabled)
                : custom(object, type.get(), disabled);
    }

    private static boolean saysOnlyVersion(ConfigObject object) {
        return object.isStated("minProtocolVersion")
                && !object.isStated("policyType")
                && !object.isStated("policyName")
                && object.array("cipherSuites").isEmpty();
    }

    /** Seen in exports: a least version and nothing else. It can only mean the default policy without older versions. */
    private Optional<SslPolicy> fromVersion(ConfigObject object) {
        problems.warn(
                "TLS-20",
                Kind.MISSING,
                object.placeOf("minProtocolVersion"),
                "the policy names a least version but neither a name nor suites; those of "
                        + PredefinedSslPolicy.APP_GW_20220101.azureName() + " are taken.",
                "Add policyType and either policyName or cipherSuites.");
        return object.choice("minProtocolVersion", VERSIONS).map(oldest -> {
            Set<TlsVersion> disabled = disabled(object);
            EnumSet.allOf(TlsVersion.class).stream()
                    .filter(version -> version.compareTo(oldest) < 0)
                    .forEach(disabled::add);
            return new SslPolicy(SslPolicy.Type.PREDEFINED, SslPolicy.DEFAULT.policyName(), null, List.of(), disabled);
        });
    }

    /** Where the type is absent, the other members tell: suites or a version make it Custom, else it is Predefined. */
    private static Optional<SslPolicy.Type> type(ConfigObject object) {
        if (object.isStated("policyType")) {
            return object.choice("policyType", TYPES);
        }
        boolean isCustom = !object.isStated("policyName")
                && (object.isStated("minProtocolVersion")
                        || !object.array("cipherSuites").isEmpty());
        return Optional.of(isCustom ? SslPolicy.Type.CUSTOM : SslPolicy.Type.PREDEFINED);
    }

    private Optional<SslPolicy> predefined(ConfigObject object, Set<TlsVersion> disabled) {
        if (object.isStated("minProtocolVersion")) {
            sayMixed(object, "minProtocolVersion");
        }
        if (!object.array("cipherSuites").isEmpty()) {
            sayMixed(object, "cipherSuites");
        }
        if (!object.isStated("policyName")) {
            return Optional.of(new SslPolicy(
                    SslPolicy.Type.PREDEFINED, SslPolicy.DEFAULT.policyName(), null, List.of(), disabled));
        }
        Optional<PredefinedSslPolicy> name = object.choice("policyName", NAMES);
        name.filter(PredefinedSslPolicy::isRetired)
                .ifPresent(policy -> problems.azure(
                        "TLS-20",
                        Kind.RANGE,
                        object.placeOf("policyName"),
                        "Azure took " + policy.azureName() + " out of service on 2025-08-31.",
                        "Name AppGwSslPolicy20220101, or AppGwSslPolicy20170401S on a v1 gateway."));
        return name.map(policy -> new SslPolicy(SslPolicy.Type.PREDEFINED, policy, null, List.of(), disabled));
    }

    private void sayMixed(ConfigObject object, String name) {
        problems.azure(
                "TLS-20",
                Kind.CONFLICT,
                object.placeOf(name),
                "the policy is Predefined, so this is not used; Azure refuses the two together.",
                "Remove it, or set policyType to CustomV2 and remove policyName.");
    }

    private Optional<SslPolicy> custom(ConfigObject object, SslPolicy.Type type, Set<TlsVersion> disabled) {
        if (object.isStated("policyName")) {
            problems.azure(
                    "TLS-20",
                    Kind.CONFLICT,
                    object.placeOf("policyName"),
                    "the policy is custom, so its name is not used; Azure refuses the two together.",
                    "Remove policyName, or set policyType to Predefined.");
        }
        Optional<TlsVersion> oldest = oldest(object, type);
        Optional<List<String>> suites = suites(object, type, oldest);
        return oldest.flatMap(version -> suites.map(names -> new SslPolicy(type, null, version, names, disabled)));
    }

    private Optional<TlsVersion> oldest(ConfigObject object, SslPolicy.Type type) {
        if (!object.isStated("minProtocolVersion")) {
            problems.warn(
                    "TLS-20",
                    Kind.MISSING,
                    object.placeOf("minProtocolVersion"),
                    "a custom policy names its least version; TLSv1_2 is taken.",
                    "Add minProtocolVersion.");
            return Optional.of(TlsVersion.TLS_1_2);
        }
        Optional<TlsVersion> oldest = object.choice("minProtocolVersion", VERSIONS);
        if (type == SslPolicy.Type.CUSTOM
                && oldest.filter(TlsVersion.TLS_1_3::equals).isPresent()) {
            problems.error(
                    "VAL-34",
                    Kind.CONFLICT,
                    object.placeOf("minProtocolVersion"),
                    "a Custom policy ends at TLS 1.2, so no version is left.",
                    "Set policyType to CustomV2, or minProtocolVersion to TLSv1_2.");
            return Optional.empty();
        }
        return oldest;
    }

    /** VAL-34. */
    private Optional<List<String>> suites(ConfigObject object, SslPolicy.Type type, Optional<TlsVersion> oldest) {
        List<Node> nodes = object.array("cipherSuites");
        List<String> suites = new ArrayList<>();
        nodes.forEach(
                node -> suite(node, type).filter(name -> !suites.contains(name)).ifPresent(suites::add));
        if (nodes.isEmpty()) {
            return withoutSuites(object, type, oldest);
        }
        if (isV1 && suites.size() == nodes.size() && !suites.contains(NEEDED_BY_V1)) {
            problems.warn(
                    "VAL-34",
                    Kind.MISSING,
                    object.placeOf("cipherSuites"),
                    "a v1 gateway in Azure needs " + NEEDED_BY_V1 + " in a custom policy.",
                    "Add it.");
        }
        return Optional.of(suites);
    }

    private Optional<String> suite(Node node, SslPolicy.Type type) {
        Optional<String> text = new Scalars(problems).text(node).map(String::strip);
        Optional<String> name = text.flatMap(CipherSuites::named);
        if (text.isPresent() && name.isEmpty()) {
            String guess = Wording.closest(text.get(), CipherSuites.all())
                    .map(near -> Wording.didYouMean(near) + " ")
                    .orElse("");
            problems.error(
                    "VAL-34",
                    Kind.RANGE,
                    node.place(),
                    "Azure has no cipher suite " + Wording.quote(text.get()) + ".",
                    guess + "Correct or remove it.");
        }
        name.ifPresent(known -> judge(known, type, node));
        return name;
    }

    private void judge(String suite, SslPolicy.Type type, Node node) {
        if (type == SslPolicy.Type.CUSTOM && CipherSuites.isTls13(suite)) {
            problems.warn(
                    "VAL-34",
                    Kind.CONFLICT,
                    node.place(),
                    suite + " belongs to TLS 1.3, which a Custom policy does not speak; it is not used.",
                    "Remove it, or set policyType to CustomV2.");
        }
        if (CipherSuites.isDropped(suite)) {
            problems.azure(
                    "VAL-34",
                    Kind.RANGE,
                    node.place(),
                    "Azure took " + suite + " out of custom policies on 2025-08-31"
                            + (suite.startsWith("TLS_DHE_") && !isV1 ? "; v2 gateways never negotiate it." : "."),
                    "Remove it.");
        }
    }

    private Optional<List<String>> withoutSuites(
            ConfigObject object, SslPolicy.Type type, Optional<TlsVersion> oldest) {
        if (type == SslPolicy.Type.CUSTOM) {
            problems.error(
                    "VAL-34",
                    Kind.MISSING,
                    object.placeOf("cipherSuites"),
                    "a Custom policy without cipher suites lets nobody connect.",
                    "List the suites, or name a predefined policy.");
            return Optional.empty();
        }
        if (oldest.filter(version -> version != TlsVersion.TLS_1_3).isPresent()) {
            problems.azure(
                    "VAL-34",
                    Kind.MISSING,
                    object.placeOf("cipherSuites"),
                    "the list may be empty only where TLSv1_3 is the least version; here only TLS 1.3 is left.",
                    "List suites for the older versions, or set minProtocolVersion to TLSv1_3.");
        }
        return Optional.of(List.of());
    }

    private Set<TlsVersion> disabled(ConfigObject object) {
        Set<TlsVersion> disabled = EnumSet.noneOf(TlsVersion.class);
        Scalars values = new Scalars(problems);
        object.array("disabledSslProtocols")
                .forEach(node -> values.choice(node, VERSIONS).ifPresent(disabled::add));
        return disabled;
    }
}
