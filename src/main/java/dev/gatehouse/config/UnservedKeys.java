package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import java.util.Map;
import java.util.Optional;

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
        root.object("webSocket").ifPresent(webSocket -> {
            StrictObject object = new StrictObject(Optional.of(webSocket), WebSocketReader.KEYS, new Problems());
            warn(object, "compression", "both", "backends are offered no compression", "client", problems);
        });
    }

    private static void warn(
            StrictObject object, String key, String value, String instead, String honest, Problems problems) {
        object.get(key)
                .filter(node -> object.text(key).filter(value::equalsIgnoreCase).isPresent())
                .ifPresent(node -> problems.warn(
                        "LOCAL",
                        Kind.UNSUPPORTED,
                        node.place(),
                        "this version does not know " + Wording.quote(value) + " yet; " + instead + ".",
                        "Write " + Wording.quote(honest) + ", or keep it for a later version."));
    }
}
