package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.WebSocketSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code webSocket} of the local file. Confined to one load. */
final class WebSocketReader {
    static final List<String> KEYS = List.of(
            "mode",
            "modes",
            "pingInterval",
            "idleTimeout",
            "maxMessageSize",
            "requestTimeoutAppliesToSession",
            "compression",
            "whenUnhealthy",
            "endWithToken",
            "allowedOrigins");

    private static final Map<String, WebSocketSettings.Mode> MODES =
            Map.of("bridge", WebSocketSettings.Mode.BRIDGE, "relay", WebSocketSettings.Mode.RELAY);
    private static final Map<String, WebSocketSettings.Compression> COMPRESSIONS = Map.of(
            "off", WebSocketSettings.Compression.OFF,
            "client", WebSocketSettings.Compression.CLIENT,
            "both", WebSocketSettings.Compression.BOTH);

    private static final Map<String, WebSocketSettings.Unhealthy> UNHEALTHY = Map.of(
            "keep", WebSocketSettings.Unhealthy.KEEP,
            "drain", WebSocketSettings.Unhealthy.DRAIN,
            "close", WebSocketSettings.Unhealthy.CLOSE);

    private final StrictObject object;
    private final Quantities quantities;

    WebSocketReader(Optional<ObjectNode> node, Problems problems) {
        this.object = new StrictObject(node, KEYS, problems);
        this.quantities = new Quantities(problems);
    }

    WebSocketSettings read() {
        WebSocketSettings defaults = WebSocketSettings.DEFAULT;
        return new WebSocketSettings(
                object.choice("mode", MODES, defaults.mode()),
                choices("modes", MODES),
                duration("pingInterval", defaults.pingInterval()),
                duration("idleTimeout", defaults.idleTimeout()),
                object.get("maxMessageSize").flatMap(quantities::bytes).orElse(defaults.maxMessageBytes()),
                object.flag("requestTimeoutAppliesToSession", defaults.requestTimeoutAppliesToSession()),
                object.choice("compression", COMPRESSIONS, defaults.compression()),
                choices("whenUnhealthy", UNHEALTHY),
                object.flag("endWithToken", defaults.endWithToken()),
                origins());
    }

    private <E> Map<String, E> choices(String name, Map<String, E> known) {
        Map<String, E> choices = new LinkedHashMap<>();
        object.entries(name)
                .forEach((key, member) -> object.values()
                        .choice(member.value(), known)
                        .ifPresent(choice -> choices.put(ObjectNode.fold(key), choice)));
        return choices;
    }

    private Duration duration(String name, Duration otherwise) {
        return object.get(name).flatMap(quantities::duration).orElse(otherwise);
    }

    private List<String> origins() {
        List<String> origins = new ArrayList<>();
        object.array("allowedOrigins")
                .forEach(node -> object.values().text(node).ifPresent(origins::add));
        return origins;
    }
}
