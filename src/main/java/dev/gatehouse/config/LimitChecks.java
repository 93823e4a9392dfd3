package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is larger than Azure allows (section 8, VAL-39), of whole collections and of certificates; the readers know the
 * limits inside their objects. Gatehouse serves all of it. Stateless.
 */
final class LimitChecks {
    private static final Map<String, Integer> MOST = new LinkedHashMap<>();
    private static final int MOST_PFX_BYTES_V1 = 10 * 1024;
    private static final int MOST_PFX_BYTES_V2 = 16 * 1024;
    private static final int MOST_CLIENT_CA_BYTES = 25 * 1024;

    static {
        MOST.put("frontendIPConfigurations", 4);
        MOST.put("frontendPorts", 100);
        MOST.put("httpListeners", 200);
        MOST.put("requestRoutingRules", 400);
        MOST.put("backendAddressPools", 100);
        MOST.put("backendHttpSettingsCollection", 100);
        MOST.put("sslCertificates", 100);
        MOST.put("trustedClientCertificates", 200);
        MOST.put("redirectConfigurations", 100);
        MOST.put("rewriteRuleSets", 400);
    }

    private LimitChecks() {}

    static void check(ConfigObject gateway, boolean isV1, Problems problems) {
        MOST.forEach((name, most) -> {
            int size = gateway.array(name).size();
            if (size > most) {
                note(
                        gateway.placeOf(name),
                        size + " entries, Azure takes " + most + ".",
                        "Remove some if this goes back to Azure.",
                        problems);
            }
        });
        checkData(gateway, "sslCertificates", isV1 ? MOST_PFX_BYTES_V1 : MOST_PFX_BYTES_V2, problems);
        checkData(gateway, "trustedClientCertificates", MOST_CLIENT_CA_BYTES, problems);
    }

    private static void checkData(ConfigObject gateway, String collection, int most, Problems problems) {
        for (ConfigObject certificate : gateway.objects(collection)) {
            // Base64 writes three bytes as four characters.
            int bytes = certificate.replaceableText("data").orElse("").length() / 4 * 3;
            if (bytes > most) {
                note(
                        certificate.placeOf("data"),
                        "the certificate has " + bytes + " bytes, Azure takes " + most + ".",
                        "Leave certificates out of the chain if this goes back to Azure.",
                        problems);
            }
        }
    }

    private static void note(Place place, String message, String cure, Problems problems) {
        problems.azure("VAL-39", Kind.LIMIT, place, message, cure);
    }
}
