package dev.gatehouse.tls;

import dev.gatehouse.model.PredefinedSslPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The cipher suites that Azure knows and which of its policies hold them (tls.md section 3). Immutable. */
public final class CipherSuites {
    /** Column heads of the table below. */
    private static final Map<String, PredefinedSslPolicy> COLUMNS = Map.of(
            "15", PredefinedSslPolicy.APP_GW_20150501,
            "17", PredefinedSslPolicy.APP_GW_20170401,
            "17S", PredefinedSslPolicy.APP_GW_20170401S,
            "22", PredefinedSslPolicy.APP_GW_20220101,
            "22S", PredefinedSslPolicy.APP_GW_20220101S);

    private static final String[][] TABLE = {
        {"TLS_AES_128_GCM_SHA256", "22", "22S"},
        {"TLS_AES_256_GCM_SHA384", "22", "22S"},
        {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "15", "17", "17S", "22", "22S"},
        {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "15", "17", "17S", "22", "22S"},
        {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "15", "22"},
        {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "15", "22"},
        {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "15", "17", "17S"},
        {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "15", "17", "17S"},
        {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "15"},
        {"TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "15"},
        {"TLS_DHE_RSA_WITH_AES_256_CBC_SHA", "15"},
        {"TLS_DHE_RSA_WITH_AES_128_CBC_SHA", "15"},
        {"TLS_RSA_WITH_AES_256_GCM_SHA384", "15", "17", "17S"},
        {"TLS_RSA_WITH_AES_128_GCM_SHA256", "15", "17", "17S"},
        {"TLS_RSA_WITH_AES_256_CBC_SHA256", "15", "17", "17S"},
        {"TLS_RSA_WITH_AES_128_CBC_SHA256", "15", "17", "17S"},
        {"TLS_RSA_WITH_AES_256_CBC_SHA", "15", "17", "17S"},
        {"TLS_RSA_WITH_AES_128_CBC_SHA", "15", "17", "17S"},
        {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "15", "17", "17S", "22", "22S"},
        {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "15", "17", "17S", "22", "22S"},
        {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "15", "17", "17S", "22"},
        {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "15", "17", "17S", "22"},
        {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "15", "17", "17S"},
        {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "15", "17", "17S"},
        {"TLS_DHE_DSS_WITH_AES_256_CBC_SHA256", "15"},
        {"TLS_DHE_DSS_WITH_AES_128_CBC_SHA256", "15"},
        {"TLS_DHE_DSS_WITH_AES_256_CBC_SHA", "15"},
        {"TLS_DHE_DSS_WITH_AES_128_CBC_SHA", "15"},
        {"TLS_RSA_WITH_3DES_EDE_CBC_SHA", "15"},
        {"TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA", "15"},
    };

    /** How two of Azure's policies are known to begin; the rest of their order was not published. */
    private static final List<String> BEGINNING_OF_2017 = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

    /** Among equals the table's order stays, sorting being stable. */
    private static final Comparator<String> PREFERENCE = Comparator.<String, Boolean>comparing(
                    name -> !name.contains("_GCM_"))
            .thenComparing(name -> !name.contains("ECDHE") && !isTls13(name))
            .thenComparing(name -> !name.contains("_256_"));

    private static final Map<String, String> BY_FOLDED_NAME = new LinkedHashMap<>();
    private static final Map<PredefinedSslPolicy, List<String>> BY_POLICY = new EnumMap<>(PredefinedSslPolicy.class);

    static {
        for (String[] row : TABLE) {
            BY_FOLDED_NAME.put(row[0].toLowerCase(Locale.ROOT), row[0]);
            for (String column : List.of(row).subList(1, row.length)) {
                BY_POLICY
                        .computeIfAbsent(COLUMNS.get(column), policy -> new ArrayList<>())
                        .add(row[0]);
            }
        }
        BY_POLICY.replaceAll(CipherSuites::inOrder);
    }

    private CipherSuites() {}

    /**
     * A suite as Azure spells it.
     *
     * @param name in any case
     * @return empty if Azure has no such suite
     */
    public static Optional<String> named(String name) {
        return Optional.ofNullable(BY_FOLDED_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * All suites that a custom policy can name.
     *
     * @return in the table's order
     */
    public static List<String> all() {
        return List.copyOf(BY_FOLDED_NAME.values());
    }

    /**
     * Whether a suite belongs to TLS 1.3, which no older version can use.
     *
     * @param name Azure's spelling
     * @return true for the two of TLS 1.3
     */
    public static boolean isTls13(String name) {
        return name.startsWith("TLS_AES_");
    }

    /**
     * Whether Azure dropped a suite from custom policies on 2025-08-31.
     *
     * @param name Azure's spelling
     * @return true for DHE, 3DES and two of CBC
     */
    public static boolean isDropped(String name) {
        return name.startsWith("TLS_DHE_")
                || name.contains("_3DES_")
                || name.equals("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384")
                || name.equals("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256");
    }

    static List<String> of(PredefinedSslPolicy policy) {
        return BY_POLICY.getOrDefault(policy, List.of());
    }

    private static List<String> inOrder(PredefinedSslPolicy policy, List<String> members) {
        if (policy == PredefinedSslPolicy.APP_GW_20150501) {
            return List.copyOf(members); // published as the table prints it
        }
        Set<String> ordered = new LinkedHashSet<>();
        if (policy == PredefinedSslPolicy.APP_GW_20170401) {
            ordered.addAll(BEGINNING_OF_2017);
        }
        members.stream().sorted(PREFERENCE).forEach(ordered::add);
        return List.copyOf(ordered);
    }
}
