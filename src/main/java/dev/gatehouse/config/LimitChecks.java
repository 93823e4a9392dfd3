package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collections larger than Azure's (section 8, VAL-39). Stateless. */
final class LimitChecks {
    private static final Map<String, Integer> MOST = new LinkedHashMap<>();

    static {
        MOST.put("frontendIPConfigurations", 4);
        MOST.put("frontendPorts", 100);
        MOST.put("httpListeners", 200);
        MOST.put("requestRoutingRules", 400);
        MOST.put("backendAddressPools", 100);
        MOST.put("backendHttpSettingsCollection", 100);
        MOST.put("sslCertificates", 100);
        MOST.put("redirectConfigurations", 100);
        MOST.put("rewriteRuleSets", 400);
    }

    private LimitChecks() {}

    static void check(ConfigObject gateway, Problems problems) {
        MOST.forEach((name, most) -> {
            int size = gateway.array(name).size();
            if (size > most) {
                problems.warn(
                        "VAL-39",
                        Kind.LIMIT,
                        gateway.placeOf(name),
                        size + " entries, Azure takes " + most + ".",
                        "Remove some if this goes back to Azure.");
            }
        });
    }
}
