package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import java.util.Map;

/**
 * Says which parts of the local file are read and kept, but change nothing in this version. Whoever writes one shall
 * not believe that it works. Stateless.
 */
final class UnservedKeys {
    private static final Map<String, String> PARTS = Map.of("accessLog", "an access log");

    private UnservedKeys() {}

    static void report(StrictObject root, Problems problems) {
        PARTS.forEach((key, meaning) -> root.get(key)
                .ifPresent(node -> problems.info(
                        "LOCAL",
                        Kind.UNSUPPORTED,
                        node.place(),
                        "this version has no use for " + meaning + " yet.",
                        "Keep it for a later version, or leave it out.")));
    }
}
