package dev.gatehouse.observe;

import java.util.HashMap;
import java.util.Map;

/** OpenSSL's names of cipher suites, which Azure's log has. Confined to one thread. */
final class CipherNames {
    private final Map<String, String> known = new HashMap<>();

    /** From JSSE's name; suites of TLS 1.3 have one name everywhere. */
    String openSsl(String suite) {
        return suite.contains("_WITH_") ? known.computeIfAbsent(suite, CipherNames::translated) : suite;
    }

    // TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 is ECDHE-RSA-AES256-GCM-SHA384, TLS_RSA_WITH_AES_128_CBC_SHA is AES128-SHA.
    private static String translated(String suite) {
        int with = suite.indexOf("_WITH_");
        String exchange = suite.substring(4, with).replace('_', '-');
        String cipher = suite.substring(with + "_WITH_".length())
                .replace("AES_", "AES")
                .replace("_CBC", "")
                .replace("3DES_EDE", "DES-CBC3")
                .replace("CHACHA20_POLY1305_SHA256", "CHACHA20-POLY1305")
                .replace('_', '-');
        return exchange.equals("RSA") ? cipher : exchange + '-' + cipher;
    }
}
