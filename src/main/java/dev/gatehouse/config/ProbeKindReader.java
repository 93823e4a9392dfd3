package dev.gatehouse.config;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.HealthSettings;
import dev.gatehouse.model.ProbeKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code health} and {@code probes} of the local file. Confined to one load. */
final class ProbeKindReader {
    static final List<String> KEYS = List.of("kind", "path", "subprotocol");
    static final List<String> HEALTH_KEYS = List.of("optimisticStart");

    private static final Map<String, Type> TYPES =
            Map.of("http", Type.HTTP, "tcp", Type.TCP, "webSocket", Type.WEB_SOCKET);

    private enum Type {
        HTTP,
        TCP,
        WEB_SOCKET
    }

    private final StrictObject root;
    private final Problems problems;

    ProbeKindReader(StrictObject root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    HealthSettings read() {
        StrictObject health = new StrictObject(root.object("health"), HEALTH_KEYS, problems);
        Map<String, ProbeKind> kinds = new LinkedHashMap<>();
        root.entries("probes")
                .forEach((name, member) ->
                        kind(member.value()).ifPresent(kind -> kinds.put(ObjectNode.fold(name), kind)));
        return new HealthSettings(health.flag("optimisticStart", HealthSettings.DEFAULT.optimisticStart()), kinds);
    }

    private Optional<ProbeKind> kind(Node node) {
        if (!(node instanceof ObjectNode object)) {
            root.values().wrongType(node, "an object");
            return Optional.empty();
        }
        StrictObject entry = new StrictObject(Optional.of(object), KEYS, problems);
        if (entry.get("kind").isEmpty()) {
            problems.error(
                    "LOCAL",
                    Kind.MISSING,
                    object.place(),
                    "the entry does not say in which way the probe asks.",
                    "Add \"kind\": \"webSocket\", \"tcp\" or \"http\".");
            return Optional.empty();
        }
        return entry.get("kind")
                .flatMap(text -> entry.values().choice(text, TYPES))
                .map(type -> kind(type, entry));
    }

    private ProbeKind kind(Type type, StrictObject entry) {
        if (type == Type.WEB_SOCKET) {
            return new ProbeKind.WebSocket(
                    text(entry, "path", ProbeKindReader::isPath, "Start it with '/' and percent-encode the rest.")
                            .orElse(null),
                    text(entry, "subprotocol", Hosts::isToken, "Name one subprotocol, such as \"chat\".")
                            .orElse(null));
        }
        refuse(entry, "path");
        refuse(entry, "subprotocol");
        return type == Type.TCP ? new ProbeKind.Tcp() : ProbeKind.HTTP;
    }

    private static boolean isPath(String text) {
        return text.startsWith("/") && text.chars().allMatch(c -> c > ' ' && c < 127 && c != '#');
    }

    private Optional<String> text(StrictObject entry, String key, Predicate<String> isFine, String cure) {
        Optional<Node> node = entry.get(key);
        Optional<String> text = node.flatMap(entry.values()::text);
        if (text.isPresent() && !isFine.test(text.get())) {
            problems.error(
                    "LOCAL", Kind.RANGE, node.get().place(), Wording.quote(text.get()) + " is no " + key + ".", cure);
        }
        return text.filter(isFine);
    }

    private void refuse(StrictObject entry, String key) {
        entry.get(key)
                .ifPresent(node -> problems.error(
                        "LOCAL",
                        Kind.CONFLICT,
                        node.place(),
                        "only a probe of the kind \"webSocket\" has a " + key + " here.",
                        "Remove it, or write \"kind\": \"webSocket\"."));
    }
}
